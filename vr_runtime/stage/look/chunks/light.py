"""Owns what every lit program shares: sky, tones, hour of the day, lamps, cast shadows.

Other programs of the family begin with `LIGHT` and call its functions. Defined before it: LAMPS,
how many lamps a picture may have; FILM, where tones follow the film's own curve; CAST, where what
moves casts its shadow.
"""

from __future__ import annotations

LIGHT = """
uniform vec3 sun_towards;      // unit vector to the sun, for which shadows were made
uniform vec3 sun_colour;
uniform vec3 sky_zenith;
uniform vec3 sky_horizon;
uniform vec3 ground_colour;    // light that comes back from below
uniform vec4 haze;             // density per m, falloff per m of height, its most, the sun's glow
uniform vec3 glow_towards;     // unit vector to where the sky is brightest; it sinks at dusk
uniform vec3 glow_colour;
uniform vec4 hour;             // night, wetness, daylight that is left, rain; each 0 to 1
uniform vec4 lamps[LAMPS];     // place in the world, reach in m
uniform vec4 lamplight[LAMPS]; // linear light a metre away; a = how much it is on, 0 to 1
uniform float lamps_lit;       // how many of them there are

const vec3 STREETLIGHT = vec3(1.30, 0.84, 0.44);

vec3 heaven(vec3 d) {
    float up = clamp(d.z, 0.0, 1.0);
    vec3 c = mix(sky_horizon, sky_zenith, sqrt(up) * (1.3 - 0.3 * up));
    float s = max(dot(d, glow_towards), 0.0);
    s *= s; s *= s;
    return c + glow_colour * (haze.w * (0.06 * s + 0.10 * s * s * s * s));
}

// Light of all lamps on a surface at `p` that faces `n`; light falls with the square of the
// distance and ends at the lamp's reach.
vec3 lamped(vec3 p, vec3 n) {
    vec3 sum = vec3(0.0);
    int count = int(lamps_lit);
    for (int i = 0; i < count; i++) {
        vec3 to = lamps[i].xyz - p;
        float square = max(dot(to, to), 0.04);
        float edge = max(1.0 - square / (lamps[i].w * lamps[i].w), 0.0);
        float face = max(dot(n, to) * inversesqrt(square), 0.0);
        sum += lamplight[i].rgb * (lamplight[i].a * face * edge * edge / square);
    }
    return sum;
}

vec3 hazed(vec3 c, vec3 v, float far, float height) {
    float rise = exp2(-max(height, 0.0) * haze.y);
    float lost = haze.z * (1.0 - exp2(-far * haze.x * (0.25 + 0.75 * rise)));
    return mix(c, heaven(normalize(vec3(-v.xy, max(-v.z, 0.0) * 0.35 + 0.015))), lost);
}

vec3 displayed(vec3 c) {
#ifdef FILM
    // ACES filmic curve, fitted by Krzysztof Narkowicz (2016), then gamma 2.
    c *= 0.88;
    c = (c * (2.51 * c + 0.03)) / (c * (2.43 * c + 0.59) + 0.14);
    return sqrt(clamp(c, 0.0, 1.0));
#else
    // Much the same tones, gamma included, from one division (after Unreal 3's curve).
    c *= 0.8;
    return clamp(c / (c + 0.155) * 1.019, 0.0, 1.0);
#endif
}

// Less than one step of a display, evenly spread (Jimenez 2014): a wide sky shows no bands.
vec3 dithered(vec3 c) {
    float spread = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    return c + (spread - 0.5) / 255.0;
}

#ifdef CAST
uniform sampler2DShadow cast_map;  // what moves, as the sun sees it
uniform mat4 cast_matrix;          // from the world into that picture, 0 to 1
uniform float cast_on;

// How much of the sun reaches `p` past what moves, 0 to 1; four taps, softened.
float uncast(vec3 p, vec3 n) {
    if (cast_on < 0.5) return 1.0;
    vec4 q = cast_matrix * vec4(p + n * 0.015, 1.0);
    vec3 c = q.xyz / q.w;
    vec2 off = min(c.xy, 1.0 - c.xy);
    if (min(off.x, off.y) < 0.0 || c.z > 1.0) return 1.0;
    vec2 t = 1.0 / vec2(textureSize(cast_map, 0));
    float s = texture(cast_map, vec3(c.xy + t * vec2(-0.8, -0.3), c.z - 0.0008))
        + texture(cast_map, vec3(c.xy + t * vec2(0.3, -0.8), c.z - 0.0008))
        + texture(cast_map, vec3(c.xy + t * vec2(0.8, 0.3), c.z - 0.0008))
        + texture(cast_map, vec3(c.xy + t * vec2(-0.3, 0.8), c.z - 0.0008));
    return mix(1.0, 0.25 * s, smoothstep(0.0, 0.05, min(off.x, off.y)));
}
#else
float uncast(vec3 p, vec3 n) { return 1.0; }
#endif
"""
