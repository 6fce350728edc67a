"""Owns what is seen through or mirrors: panes of glass and open water."""

from __future__ import annotations

GLASS = """
uniform mat4 p3d_ViewMatrixInverse;
uniform sampler2DArray surfaces;
uniform vec3 tint;
uniform float picture;
uniform float clear;
uniform vec4 p3d_ColorScale;
in vec3 place;
in vec3 stood;
in vec3 facing;
in vec4 paint;
in vec3 across;
out vec4 shown;

void main() {
    vec3 n = normalize(facing);
    vec3 v = normalize(p3d_ViewMatrixInverse[3].xyz - place);
    if (dot(n, v) < 0.0) n = -n;
    float side = 1.0 - max(dot(n, v), 0.0);
    float f = side * side; f = 0.045 + 0.955 * f * f * side;
    vec3 r = reflect(-v, n);
    vec3 mirror = mix(vec3(0.16, 0.17, 0.18) * hour.z, heaven(r), smoothstep(-0.15, 0.25, r.z));
    float dirt = texture(surfaces, vec3(across.xy, picture)).r;
    float own = (1.0 - clear) * (0.75 + 0.5 * dirt) + 0.10 * clear * dirt * dirt;
    // the edges of a pane are painted with less openness: they are nearly solid green
    own = mix(0.5, own, paint.a);
    vec3 body = tint * tint * paint.rgb * paint.rgb;
    body *= sky_zenith * 0.6 + sky_horizon * 0.5 + sun_colour * 0.18 + lamped(place, n);
    float a = f + own * (1.0 - f);
    vec3 c = (mirror * f + body * own * (1.0 - f)) / a;
    shown = vec4(displayed(c), a * p3d_ColorScale.a);
}
"""

WATER = """
uniform mat4 p3d_ViewMatrixInverse;
uniform vec4 moment;
uniform vec3 tint;             // colour of what lies deep, as displayed
in vec3 place;
in vec3 stood;
in vec3 facing;
in vec4 paint;                 // a = how much of the sky it mirrors; what is left was painted on
in vec3 across;
out vec4 shown;

// Slope of the waves: six of them, none a multiple of another. Short ones fade with the distance,
// where they would only flicker.
vec2 waves(vec2 p, float far) {
    vec2 slope = vec2(0.0);
    float wide = 7.3, steep = 0.010 + 0.035 * moment.z, turn = 0.4;
    for (int i = 0; i < 6; i++) {
        vec2 d = vec2(cos(turn), sin(turn));
        float k = 6.2832 / wide;
        float phase = k * dot(d, p) - sqrt(9.81 * k) * moment.x;
        slope += d * (steep * cos(phase) * smoothstep(220.0 * wide, 22.0 * wide, far));
        wide *= 0.618; turn += 2.1; steep *= 1.06;
    }
    return slope;
}

void main() {
    vec3 v = p3d_ViewMatrixInverse[3].xyz - place;
    float far = length(v);
    v /= far;
    vec2 slope = waves(place.xy, far);
    vec3 n = normalize(vec3(-slope, 1.0));
    float side = 1.0 - max(dot(n, v), 0.0);
    // Schlick 1994, with 2 % straight down
    float f = side * side; f = 0.02 + 0.98 * f * f * side;
    vec3 r = reflect(-v, n);
    r.z = abs(r.z);
    vec3 level = sky_zenith * 0.34 + sky_horizon * 0.42;
    vec3 deep = tint * tint * (level + 0.35 * sun_colour * sun_towards.z + lamped(place, n));
    vec3 mirrored = mix(deep, heaven(r), f);
    vec3 painted = paint.rgb * paint.rgb * (level + sun_colour * sun_towards.z);
    painted *= 1.0 + 3.2 * dot(slope, v.xy);
    vec3 c = mix(painted, mirrored, paint.a);
    float glint = max(dot(r, sun_towards), 0.0);
    glint *= glint; glint *= glint; glint *= glint; glint *= glint; glint *= glint; glint *= glint;
    c += sun_colour * (glint * glint * (0.2 + 0.8 * moment.z));
    float low = max(dot(r, glow_towards), 0.0);
    low *= low; low *= low; low *= low; low *= low; low *= low;
    c += glow_colour * (low * 0.5 * haze.w * paint.a * (1.0 - hour.z));
    shown = vec4(displayed(hazed(c, v, far, place.z)), 1.0);
}
"""
