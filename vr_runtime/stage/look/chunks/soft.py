"""Owns soft spots: shadows below what travels or stands, the glow of a lamp, what the sun sees."""

from __future__ import annotations

SHADE = """
uniform sampler2D site;
uniform vec4 site_place;
uniform vec2 site_heights;
uniform vec3 sun_colour;
in vec3 stood;
in vec4 paint;                 // r: 1 always there, 0 cast by the sun, and only where it shines
in vec3 across;
out vec4 shown;
void main() {
    vec2 d = abs(across.xy);
    float k = (1.0 - smoothstep(0.45, 1.0, d.x)) * (1.0 - smoothstep(0.45, 1.0, d.y));
    if (paint.r < 0.5) {
        float lit = texture(site, (stood.xy - site_place.xy) * site_place.zw).r;
        k *= smoothstep(-0.35, 0.45, stood.z - site_heights.x - lit * site_heights.y)
            * min(sun_colour.g / 1.9, 1.0);
    }
    shown = vec4(0.0, 0.0, 0.0, k * paint.a);
}
"""

GLOW_VERTEX = """
uniform mat4 p3d_ModelViewMatrix;
uniform mat4 p3d_ProjectionMatrix;
uniform vec4 hour;
in vec4 p3d_Vertex;
in vec4 p3d_Color;
in vec4 motion;                // x, y corner from -1 to 1, z radius in m
out vec2 corner;
out vec4 paint;
void main() {
    vec4 seen = p3d_ModelViewMatrix * p3d_Vertex;
    // never smaller than a point: far lamps are told apart, and do not flicker
    float radius = max(motion.z, 0.0022 * length(seen.xyz)) * step(0.001, hour.x);
    seen.xyz *= 1.0 - min(0.5, motion.z / max(length(seen.xyz), 0.01));
    seen.xy += motion.xy * radius;
    corner = motion.xy;
    paint = p3d_Color;
    gl_Position = p3d_ProjectionMatrix * seen;
}
"""

GLOW = """
uniform vec4 hour;
in vec2 corner;
in vec4 paint;
out vec4 shown;
void main() {
    float r = length(corner);
    float core = smoothstep(0.30, 0.12, r);
    float halo = max(1.0 - r, 0.0);
    shown = vec4(paint.rgb * (hour.x * (core + 0.30 * halo * halo * halo)), 1.0);
}
"""

DEPTH_VERTEX = """
uniform mat4 p3d_ModelViewProjectionMatrix;
#ifdef SKINNED
uniform mat4 p3d_TransformTable[100];
in vec4 transform_weight;
in uvec4 transform_index;
#endif
#ifdef BONED
in vec4 motion;
in vec3 p3d_MultiTexCoord0;
#endif
in vec4 p3d_Vertex;
void main() {
    vec4 v = p3d_Vertex;
#ifdef BONED
    v.xyz = borne(motion, v);
    // hair throws no shadow: on the skin it would be that of its whole card
    if (p3d_MultiTexCoord0.z > LOCK - 0.5 && p3d_MultiTexCoord0.z < LOCK + 0.5) v.xyz = vec3(0.0);
#endif
#ifdef SKINNED
    v = (p3d_TransformTable[transform_index.x] * transform_weight.x
        + p3d_TransformTable[transform_index.y] * transform_weight.y
        + p3d_TransformTable[transform_index.z] * transform_weight.z
        + p3d_TransformTable[transform_index.w] * transform_weight.w) * v;
#endif
    gl_Position = p3d_ModelViewProjectionMatrix * v;
}
"""

DEPTH = """
void main() {}
"""
