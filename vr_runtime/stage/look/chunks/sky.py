"""Owns the sky: sun, drifting clouds, stars."""

from __future__ import annotations

VERTEX = """
uniform mat4 p3d_ViewMatrix;
uniform mat4 p3d_ProjectionMatrix;
in vec4 p3d_Vertex;
out vec3 direction;
void main() {
    direction = p3d_Vertex.xyz;
    vec4 p = p3d_ProjectionMatrix * vec4(mat3(p3d_ViewMatrix) * p3d_Vertex.xyz, 1.0);
    gl_Position = p.xyww;
}
"""

FRAGMENT = """
uniform sampler2D clouds;      // r: how thick, g: how lit
uniform vec4 moment;
uniform float overcast;        // 0 to 1
const float FIELDS = 5.0;      // so many skies lie between the fairest and the most clouded
const vec2 FIELD_APART = vec2(0.371, 0.227);
const float CLOUDING = 0.18;
in vec3 direction;
out vec4 shown;
void main() {
    vec3 d = normalize(direction);
    vec3 c = heaven(vec3(d.xy, max(d.z, 0.015)));
    float s = max(dot(d, glow_towards), 0.0);
    c += glow_colour * (5.0 * haze.w * smoothstep(0.99955, 0.99985, s));
    if (hour.x > 0.5 && d.z > 0.03) {
        // stars: few, small, and still
        vec2 p = d.xy / (1.0 + d.z) * 150.0;
        vec2 cell = floor(p);
        vec2 own = fract(sin(cell * mat2(127.1, 311.7, 269.5, 183.3)) * 43758.547);
        float near = length(p - cell - 0.25 - 0.5 * own);
        float faint = fract(own.x * 91.7);
        c += vec3(0.30, 0.32, 0.36) * (smoothstep(0.16, 0.0, near) * step(0.86, own.y)
            * faint * faint * (2.0 * hour.x - 1.0) * smoothstep(0.03, 0.25, d.z));
    }
    if (d.z > 0.01) {
        vec2 q = d.xy / (d.z + 0.16) * 0.115;
        // other clouds gather as the sky clouds over: one part of the picture fades into the next
        vec2 p = q + moment.x * vec2(0.0006, 0.00028) + FIELD_APART * floor(moment.w * FIELDS);
        float to = fract(moment.w * FIELDS);
        vec2 t = mix(texture(clouds, p).rg, texture(clouds, p + FIELD_APART).rg, to);
        // two fields laid over each other are flatter than one
        t.r = 0.44 + (t.r - 0.44) * inversesqrt(to * to + (1.0 - to) * (1.0 - to));
        vec2 u = texture(clouds, q * 2.9 + moment.x * vec2(0.0009, 0.0006)).rg;
        float thick = t.r + 0.16 * (u.r - 0.5) + 0.55 * (overcast - 0.5) + CLOUDING * moment.w;
        float cover = smoothstep(0.47, 0.72, thick) * smoothstep(0.015, 0.16, d.z);
        float bright = clamp(t.g + 0.2 * (u.g - 0.5), 0.0, 1.0);
        vec3 body = mix(sky_horizon * 0.72 + 0.06 * hour.z,
            sky_horizon * 0.55 + sun_colour * 0.28, bright);
        c = mix(c, body, cover * 0.9);
    }
    shown = vec4(dithered(displayed(c)), 1.0);
}
"""
