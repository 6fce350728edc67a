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

// What stands around, as a pane mirrors it: a soft band of houses below the sky, which sinks as the
// pane is carried up, until it looks over all roofs; behind the eye the house it looks out of. It
// has no windows: what repeats within a pane reads as cloth hung over what lies behind.
vec3 around(vec3 d, vec3 behind) {
    vec2 flat_d = normalize(d.xy + vec2(1e-5, 0.0));
    float up = d.z / max(length(d.xy), 0.15);
    float own = smoothstep(-0.2, 0.9, dot(flat_d, behind.xy));
    // roofs rise and sink along the horizon, and meet where it closes
    float roofs = 17.0 + 5.0 * (flat_d.x + 0.6) * flat_d.y + 4.0 * flat_d.x * flat_d.x;
    float top = mix(max((roofs - place.z) / 62.0, 0.0), 2.5, own);
    vec3 light = sky_horizon * vec3(0.44, 0.42, 0.37)
        + sun_colour * 0.34 * max(-dot(flat_d, sun_towards.xy), 0.0);
    vec3 wall = light * mix(0.60, 0.30, own) + vec3(0.06, 0.04, 0.02) * hour.x;
    wall = mix(light * 0.24, wall, smoothstep(-1.0, 0.1, up));
    // a few broad clouds, so that a level pane shows that it mirrors
    float cloud = sin(3.7 * d.x + 2.1 * d.y + 0.4) * cos(3.3 * d.y - 1.6 * d.x);
    vec3 sky = heaven(d) + sky_horizon * 0.9 * smoothstep(-0.3, 0.9, cloud);
    return mix(wall, sky, smoothstep(top - 0.12, top + 0.30, up));
}

void main() {
    vec3 n = normalize(facing);
    vec3 eye = p3d_ViewMatrixInverse[3].xyz;
    vec3 v = normalize(eye - place);
    if (dot(n, v) < 0.0) n = -n;
    float side = 1.0 - max(dot(n, v), 0.0);
    // Schlick 1994; both faces of a pane mirror: 2 f / (1 + f). Upright clear panes are bloomed, so
    // that one sees through them: straight on they mirror half of what bare glass does
    float f0 = mix(0.043, 0.021, clear * (1.0 - n.z * n.z));
    float f = side * side; f = f0 + (1.0 - f0) * f * f * side;
    f = 2.0 * f / (1.0 + f);
    vec3 r = reflect(-v, n);
    vec3 mirror = around(r, vec3(normalize(v.xy + vec2(1e-5, 0.0)), 0.0));
    float dirt = texture(surfaces, vec3(across.xy, picture)).r;
    float frost = 1.0 - clear;
    float own = frost * mix(0.2, 1.0, frost) * (0.75 + 0.5 * dirt);
    // what is walked on is dusty, in specks that are even from afar
    float dust = texture(surfaces, vec3(across.yx * 5.3, picture)).r;
    own += clear * n.z * n.z * (0.012 + 0.10 * smoothstep(0.42, 0.72, dust) * dirt);
    // the edges of a pane are painted with less openness: they are nearly solid green
    own = mix(0.62, own, paint.a);
    vec3 body = tint * tint * paint.rgb * paint.rgb;
    body *= sky_zenith * 0.6 + sky_horizon * 0.5 + sun_colour * 0.18 + lamped(place, n);
    body *= mix(vec3(0.26, 0.62, 0.50), vec3(1.0), paint.a);
    // what the glass itself swallows, more where the way through it is longer
    float lost = clear * (0.035 + 0.05 * side);
    float a = 1.0 - (1.0 - f) * (1.0 - own) * (1.0 - lost);
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
