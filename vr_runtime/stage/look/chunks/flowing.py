"""Owns a mountain river: green where it is deep, white where it breaks.

It runs along x. Where it breaks is told by its vertices; the white itself drifts along, torn up by
chance, and is never a pattern that repeats.
"""

from __future__ import annotations

FRAGMENT = """
uniform mat4 p3d_ViewMatrixInverse;
uniform vec4 moment;
uniform vec3 tint;             // colour of what lies deep, as displayed
in vec3 place;
in vec3 stood;
in vec3 facing;
in vec4 paint;                 // a = 1 where it is smooth, less where it breaks
in vec3 across;
out vec4 shown;

float chance(vec2 p) {
    vec3 q = fract(vec3(p.xyx) * 0.1031);
    q += dot(q, q.yzx + 33.33);
    return fract((q.x + q.y) * q.z);
}

float grain(vec2 p) {
    vec2 i = floor(p), f = fract(p);
    f = f * f * (3.0 - 2.0 * f);
    return mix(mix(chance(i), chance(i + vec2(1, 0)), f.x),
        mix(chance(i + vec2(0, 1)), chance(i + vec2(1, 1)), f.x), f.y);
}

void main() {
    vec3 v = p3d_ViewMatrixInverse[3].xyz - place;
    float far = length(v);
    v /= far;
    vec2 p = stood.xy;
    vec2 gone = vec2(1.15 * moment.x, 0.0);
    float swell = grain((p - gone) * vec2(0.9, 1.7)), ripple = grain((p - 1.4 * gone) * 3.1);
    float fine = smoothstep(90.0, 12.0, far);
    vec2 slope = vec2(swell - 0.5, ripple - 0.5) * (0.16 + 0.30 * (1.0 - paint.a));
    vec3 n = normalize(vec3(-slope, 1.0));
    float side = 1.0 - max(dot(n, v), 0.0);
    float f = side * side; f = 0.02 + 0.98 * f * f * side;
    vec3 r = reflect(-v, n);
    r.z = abs(r.z);
    vec3 level = sky_zenith * 0.34 + sky_horizon * 0.42;
    vec3 light = level + 0.55 * sun_colour * sun_towards.z + lamped(place, n);
    vec3 deep = tint * tint * light * (0.85 + 0.3 * swell);
    vec3 c = mix(deep, heaven(r) * 0.8, f);
    float torn = 0.55 * grain((p - gone) * vec2(1.3, 2.6)) + 0.30 * ripple
        + 0.15 * mix(0.5, grain((p - 0.8 * gone) * 9.0), fine);
    float broken = 1.0 - paint.a;
    float white = smoothstep(0.86 - 0.62 * broken, 1.02 - 0.42 * broken, torn + 0.16 * broken);
    c = mix(c, paint.rgb * paint.rgb * light * 0.92, white * min(1.0, 0.35 + 1.2 * broken));
    shown = vec4(displayed(hazed(c, v, far, place.z)), 1.0);
}
"""
