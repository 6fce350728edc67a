"""Owns the light on opaque surfaces: walls, ground, leaves, cloth, animals, people."""

from __future__ import annotations

FRAGMENT = """
uniform mat4 p3d_ViewMatrixInverse;
uniform sampler2DArray surfaces;
// r: height up to which the sun is hidden, g: openness at the ground, b: street lamps' light there
#ifdef MOVER
uniform sampler2D land;
uniform vec4 land_place;
uniform vec2 land_heights;
#define SITE land
#define SITE_PLACE land_place
#define SITE_HEIGHTS land_heights
#else
uniform sampler2D site;
uniform vec4 site_place;       // west, south, 1 / width, 1 / depth of the map, in m
uniform vec2 site_heights;     // lowest height, span of heights in the map, in m
#define SITE site
#define SITE_PLACE site_place
#define SITE_HEIGHTS site_heights
#endif
uniform vec3 tint;
uniform float gloss;
uniform vec4 p3d_ColorScale;
#ifdef OWN
uniform sampler2D own;         // its own picture, a = how solid
uniform vec4 alike;            // least share that is drawn, a = whether all of it is blended
uniform vec3 glowing;          // linear light of its own
#elif !defined(LAYERED)
uniform float picture;
#endif
in vec3 place;
in vec3 stood;
in vec3 facing;
in vec4 paint;
in vec3 across;
#if defined(LIMBED) || defined(BONED)
in float sheen;
#endif
out vec4 shown;

float chance(vec2 p) {
    return fract(sin(dot(p, vec2(12.9898, 78.233))) * 43758.547);
}

float puddles(vec2 p) {
    vec2 i = floor(p), f = p - i;
    f = f * f * (3.0 - 2.0 * f);
    return mix(mix(chance(i), chance(i + vec2(1, 0)), f.x),
               mix(chance(i + vec2(0, 1)), chance(i + vec2(1, 1)), f.x), f.y);
}

#if defined(LAYERED) && !defined(COAT)
// Light of a room behind a pane at night. Each window has a chance of its own; the fraction of its
// picture's number holds it, or its place within a picture of many windows.
vec3 homely(vec4 t) {
    float number = floor(across.z + 0.5);
    if (hour.x <= 0.0 || number < FIRST_PANE - 0.5 || number > LAST_FACADE + 0.5) return vec3(0.0);
    vec2 cell = number > FIRST_FACADE - 0.5 ? floor(across.xy * 4.0) : vec2(0.0);
    float own = chance(cell + vec2(number, 71.0 * (across.z - number)));
    bool shop = number > FIRST_SHOP - 0.5 && number < FIRST_FACADE - 0.5;
    float on = shop ? smoothstep(0.2, 0.6, hour.x)
        : smoothstep(own, own + 0.06, 0.40 * hour.x);
    vec3 warm = mix(vec3(1.05, 0.62, 0.28), vec3(0.95, 0.84, 0.66), fract(own * 37.0));
    return warm * (on * smoothstep(0.5, 0.95, t.a) * (0.16 + 1.1 * t.r) * (shop ? 1.3 : 0.9));
}
#endif

void main() {
#ifdef COAT
    vec4 t = vec4(1.0, 1.0, 1.0, 0.0);
#elif defined(OWN)
    vec4 t = texture(own, across.xy);
    float solid = t.a * p3d_ColorScale.a;
    if (solid < alike.x) discard;
    if (alike.a < 0.5) solid = 1.0;
    t.a = 0.0;
#elif defined(LAYERED)
    vec4 t = texture(surfaces, across);
#else
    vec4 t = texture(surfaces, vec3(across.xy, picture));
#endif
#ifdef FOLIAGE
    vec3 v = p3d_ViewMatrixInverse[3].xyz - place;
    float far = length(v);
    v /= far;
    // the picture holds how far the edge is, a half at the edge itself; a card that is seen from
    // its own edge would be a line: its leaves shrink away before
    vec3 card = cross(dFdx(place), dFdy(place));
    float turned = dot(card, v);
    float edge = 0.9 - 0.4 * smoothstep(0.004, 0.05, turned * turned / max(dot(card, card), 1e-20));
#ifdef SOFT
    float cover = clamp((t.a - edge) / max(fwidth(t.a), 0.004) + 0.5, 0.0, 1.0);
    if (cover < 0.2) discard;
#else
    const float cover = 1.0;
    if (t.a < edge) discard;
#endif
    float shine = 0.0;
#else
#ifdef BONED
    // locks of hair are cut out of their cards; what else a body has is whole, and none of it gloss
    bool hair = across.z > LOCK - 0.5 && across.z < LOCK + 0.5;
#ifdef SOFT
    float cover = clamp((t.a - 0.5) / max(fwidth(t.a), 0.004) + 0.5, 0.0, 1.0);
    cover = hair ? cover : 1.0;
    if (cover < 0.2) discard;
#else
    const float cover = 1.0;
    if (hair && t.a < 0.5) discard;
#endif
    t.a = hair ? 0.0 : t.a;
#endif
    float shine = min(t.a + gloss, 1.0);
#if defined(LIMBED) || defined(BONED)
    shine = min(shine + sheen, 1.0);
#endif
#endif
    vec3 base = t.rgb * paint.rgb * tint;
    base *= base;
    vec3 n = normalize(facing);
#ifndef FOLIAGE
    vec3 v = p3d_ViewMatrixInverse[3].xyz - place;
    float far = length(v);
    v /= far;
#endif
#if defined(FOLIAGE) || defined(CLOTH) || defined(MOVER)
    vec2 looked = stood.xy;
#else
    // past the wall it belongs to; a map of something small is fine enough to look less far
    vec2 looked = stood.xy + n.xy * min(0.9, 0.014 / SITE_PLACE.z);
#endif
    vec3 s = texture(SITE, (looked - SITE_PLACE.xy) * SITE_PLACE.zw).rgb;
    float towards = dot(n, sun_towards);
#ifdef BAKED
    vec3 arrives = baked_light();
    float sun = sunlit(arrives);
    float open = clamp(2.2 * arrives.b, 0.0, 1.0);
    float kept = towards > 0.0 && sun > 0.0 ? uncast(place, n) : 1.0;
    sun *= kept;
#else
    float hidden = SITE_HEIGHTS.x + s.r * SITE_HEIGHTS.y;
#ifdef FOLIAGE
    // a crown hides its own lower leaves, but lets some light down between the upper ones
    float sun = smoothstep(-2.4, 0.6, stood.z - hidden);
#else
    float sun = smoothstep(-0.35, 0.45, stood.z - hidden);
#endif
    float open = paint.a * mix(s.g, 1.0, clamp(stood.z * 0.045, 0.0, 1.0));
#ifdef FOLIAGE
    // grass stands in the shadow of what goes about on it, leaves hang above it
    if (across.z > TURF - 0.5 && across.z < TURF + 0.5) sun *= uncast(place, n);
#else
    if (towards > 0.0) sun *= uncast(place, n);
#endif
#endif
#ifdef FOLIAGE
    // a crown is lit around its bend, for every leaf stands otherwise
    float direct = sun * (0.32 + 0.50 * paint.a) * max(0.64 * towards + 0.27, 0.10);
    // and leaves before the sun glow: what is left of its light behind them is yellow
    float through = max(-dot(v, sun_towards), 0.0);
    through *= through;
    base *= mix(vec3(1.0), vec3(1.10, 1.12, 0.85), through);
    direct += sun * paint.a * (0.06 + 0.28 * through);
#elif defined(CLOTH)
    float direct = sun * (0.25 + 0.7 * abs(towards));
#else
    float direct = sun * max(towards, 0.0);
#endif
    vec3 around = mix(ground_colour, sky_zenith * 0.34 + sky_horizon * 0.42, n.z * 0.5 + 0.5);
    vec3 near = lamped(place, n);
    // street lamps hang some metres up: they light the ground, and walls less from floor to floor
    near += STREETLIGHT * (hour.x * s.b * (0.45 + 0.55 * n.z)
        * exp2(-max(stood.z - 1.0, 0.0) * 0.30));
#if !defined(FOLIAGE) && !defined(COAT)
    float wet = hour.y * smoothstep(0.55, 0.92, n.z) * smoothstep(0.30, 0.65, open);
    if (wet > 0.0) {
        float pool = wet * smoothstep(0.42, 0.72,
            0.7 * puddles(place.xy * 0.45) + 0.3 * puddles(place.xy * 1.9));
        base *= 1.0 - 0.45 * wet;
        shine = min(shine + 0.16 * wet + 0.62 * pool, 1.0);
        n = normalize(mix(n, vec3(0.0, 0.0, 1.0), pool));
    }
#endif
#ifdef BAKED
    vec3 c = base * (at_this_hour(arrives, kept) + near);
#else
    vec3 c = base * (around * open + sun_colour * direct + near);
#endif
#ifdef COAT
    if (across.z > ENAMEL) {
        vec3 open_light = around * open + 0.25 * sun_colour * sun;
        c = coated(across.z, paint.rgb, across.xy, c, base, n, v, open, sun, near, open_light);
    }
#else
    if (shine > 0.01) {
        float side = 1.0 - abs(dot(n, v));
        float f = side * side; f *= f * side;
        vec3 r = reflect(-v, n);
        vec3 walls = vec3(0.10, 0.105, 0.115) * hour.z + 0.35 * near;
        vec3 city = mix(walls, heaven(r), smoothstep(-0.02, 0.30, r.z));
        c = mix(c, city * (0.35 + 0.65 * open), shine * (0.13 + 0.87 * f));
        float glint = max(dot(r, sun_towards), 0.0);
        glint *= glint; glint *= glint; glint *= glint; glint *= glint; glint *= glint;
        c += sun_colour * (shine * sun * glint * glint * 0.8);
    }
#endif
#if defined(LAYERED) && !defined(COAT)
    c += homely(t);
#endif
#ifdef OWN
    c += glowing;
#endif
#if defined(FOLIAGE) || defined(BONED)
    shown = vec4(displayed(hazed(c, v, far, place.z)), p3d_ColorScale.a * cover);
#elif defined(OWN)
    shown = vec4(displayed(hazed(c, v, far, place.z)), solid);
#else
    shown = vec4(displayed(hazed(c, v, far, place.z)), p3d_ColorScale.a);
#endif
}
"""
