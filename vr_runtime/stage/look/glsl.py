"""Owns the text of the shader family; knows neither scenes nor how textures are made.

One program text, cut to each kind by `#define`s: what a kind does not need is not compiled. The
programs read only plain uniforms set at the root by `lighting` and on the node by `dress`. Colours
leave them encoded for a display (gamma 2, a close and cheap relative of sRGB).
"""

from __future__ import annotations

_VERSION = "#version 150\n"

_LIGHT = """
uniform vec3 sun_towards;      // unit vector to the sun
uniform vec3 sun_colour;
uniform vec3 sky_zenith;
uniform vec3 sky_horizon;
uniform vec3 ground_colour;    // light that comes back from below
uniform vec4 haze;             // density per m, falloff per m of height, its most, the sun's glow

vec3 heaven(vec3 d) {
    float up = clamp(d.z, 0.0, 1.0);
    vec3 c = mix(sky_horizon, sky_zenith, sqrt(up) * (1.3 - 0.3 * up));
    float s = max(dot(d, sun_towards), 0.0);
    s *= s; s *= s;
    return c + sun_colour * (haze.w * (0.06 * s + 0.10 * s * s * s * s));
}

vec3 displayed(vec3 c) {
    // ACES filmic curve, fitted by Krzysztof Narkowicz (2016), then gamma 2.
    c *= 0.88;
    c = (c * (2.51 * c + 0.03)) / (c * (2.43 * c + 0.59) + 0.14);
    return sqrt(clamp(c, 0.0, 1.0));
}
"""

LIGHT = _LIGHT
"""For programs of one place that stand under the same sky."""

_SURFACE_VERTEX = """
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform mat4 p3d_ModelMatrix;
uniform vec4 moment;           // s passed, phase of the wind, strength of the wind, clouds
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec4 p3d_Color;
in vec3 p3d_MultiTexCoord0;
#if defined(FOLIAGE) || defined(CLOTH) || defined(TRAFFIC)
in vec4 motion;
#endif
#ifdef TRAFFIC
uniform float track;           // m after which what travels begins again
#endif
#ifndef LAYERED
uniform float metres;
#endif
out vec3 place;                // in the world
out vec3 stood;                // in the model, for its map of shadows
out vec3 facing;
out vec4 paint;                // rgb as displayed, a = openness to the sky
out vec3 across;               // texture coordinates, z = picture

void main() {
    vec4 v = p3d_Vertex;
    vec3 n = p3d_Normal;
#ifdef FOLIAGE
    // motion: x how far it bends, y its own phase, z how much it trembles
    float gust = 0.55 + 0.45 * sin(moment.y * 0.7 + motion.y + 0.05 * v.x);
    float tremble = sin(moment.y * 5.1 + motion.y * 7.0 + v.z * 2.3);
    v.x += moment.z * (motion.x * gust + motion.z * tremble);
    v.y += moment.z * (0.6 * motion.x * gust + motion.z * sin(moment.y * 4.3 + motion.y * 5.0));
#endif
#ifdef CLOTH
    // motion: x distance from the pole in m, y phase, z 0 at the pole to 1 at the free end
    float blow = clamp(moment.z * 1.6, 0.06, 1.0);
    float wave = motion.x * 5.0 - moment.y * 5.5 + motion.y;
    float swing = sin(wave) * 0.20 * motion.z * (0.35 + blow);
    // it turns about its pole: a calm lets it hang straight down, in folds along the pole
    float lift = blow * (2.0 - blow) * 1.5708;
    float fold = (1.0 - blow) * motion.z * sin(motion.y * 7.0 + 0.8 * motion.x);
    n = normalize(mix(vec3(1.0, 0.0, 0.0), n, sin(lift))
        + vec3(-0.8 * motion.z * cos(wave) * (0.35 + blow), 0.9 * fold, 0.0));
    v.x += motion.x * (sin(lift) - 1.0) + 0.07 * fold;
    v.y += swing * sin(lift);
    v.z -= motion.x * cos(lift);
#endif
#ifdef TRAFFIC
    // motion: x, y direction and speed in m/s, z start in m, w how far this point swings
    float speed = length(motion.xy);
    float gone = mod(motion.z + speed * moment.x, track);
    vec2 along = motion.xy / max(speed, 1e-4);  // what stands has no speed
    v.xy += along * (gone - 0.5 * track + motion.w * sin(6.2 * moment.x + motion.z));
#endif
    vec4 w = p3d_ModelMatrix * v;
    place = w.xyz;
    stood = v.xyz;
    facing = mat3(p3d_ModelMatrix) * n;
    paint = p3d_Color;
#ifdef LAYERED
    across = p3d_MultiTexCoord0;
#else
    vec3 size = vec3(length(p3d_ModelMatrix[0].xyz), length(p3d_ModelMatrix[1].xyz),
                     length(p3d_ModelMatrix[2].xyz));
    vec3 m = v.xyz * size / metres;
    vec3 a = abs(p3d_Normal);
    across.xy = a.z > max(a.x, a.y) ? m.xy : (a.x > a.y ? m.yz : m.xz);
    across.z = 0.0;
#endif
    gl_Position = p3d_ModelViewProjectionMatrix * v;
}
"""

_SURFACE_FRAGMENT = (
    _LIGHT
    + """
uniform mat4 p3d_ViewMatrixInverse;
uniform sampler2DArray surfaces;
uniform sampler2D site;        // r: height up to which the sun is hidden, g: openness at the ground
uniform vec4 site_place;       // west, south, 1 / width, 1 / depth of the map, in m
uniform vec2 site_heights;     // lowest height, span of heights in the map, in m
uniform vec3 tint;
uniform float gloss;
uniform vec4 p3d_ColorScale;
#ifndef LAYERED
uniform float picture;
#endif
in vec3 place;
in vec3 stood;
in vec3 facing;
in vec4 paint;
in vec3 across;
out vec4 shown;

void main() {
#ifdef LAYERED
    vec4 t = texture(surfaces, across);
#else
    vec4 t = texture(surfaces, vec3(across.xy, picture));
#endif
#ifdef FOLIAGE
    if (t.a < 0.4) discard;
    float shine = 0.0;
#else
    float shine = min(t.a + gloss, 1.0);
#endif
    vec3 base = t.rgb * paint.rgb * tint;
    base *= base;
    vec3 n = normalize(facing);
    vec3 v = p3d_ViewMatrixInverse[3].xyz - place;
    float far = length(v);
    v /= far;
#if defined(FOLIAGE) || defined(CLOTH)
    vec2 looked = stood.xy;
#else
    // past the wall it belongs to; a map of something small is fine enough to look less far
    vec2 looked = stood.xy + n.xy * min(0.9, 0.014 / site_place.z);
#endif
    vec2 s = texture(site, (looked - site_place.xy) * site_place.zw).rg;
    float hidden = site_heights.x + s.r * site_heights.y;
    float sun = smoothstep(-0.35, 0.45, stood.z - hidden);
    float open = paint.a * mix(s.g, 1.0, clamp(stood.z * 0.045, 0.0, 1.0));
    float towards = dot(n, sun_towards);
#ifdef FOLIAGE
    // leaves let light through: half of it reaches the far side
    float direct = sun * (0.62 * max(towards, 0.0) + 0.30 * max(-towards, 0.0) + 0.16)
        * (0.35 + 0.65 * paint.a);
#elif defined(CLOTH)
    float direct = sun * (0.25 + 0.7 * abs(towards));
#else
    float direct = sun * max(towards, 0.0);
#endif
    vec3 around = mix(ground_colour, sky_zenith * 0.34 + sky_horizon * 0.42, n.z * 0.5 + 0.5);
    vec3 c = base * (around * open + sun_colour * direct);
    if (shine > 0.01) {
        float side = 1.0 - abs(dot(n, v));
        float f = side * side; f *= f * side;
        vec3 r = reflect(-v, n);
        vec3 city = mix(vec3(0.10, 0.105, 0.115), heaven(r), smoothstep(-0.02, 0.30, r.z));
        c = mix(c, city * (0.35 + 0.65 * open), shine * (0.13 + 0.87 * f));
        float glint = max(dot(r, sun_towards), 0.0);
        glint *= glint; glint *= glint; glint *= glint; glint *= glint; glint *= glint;
        c += sun_colour * (shine * sun * glint * glint * 0.8);
    }
    float rise = exp2(-max(place.z, 0.0) * haze.y);
    float lost = haze.z * (1.0 - exp2(-far * haze.x * (0.25 + 0.75 * rise)));
    c = mix(c, heaven(normalize(vec3(-v.xy, max(-v.z, 0.0) * 0.35 + 0.015))), lost);
    shown = vec4(displayed(c), p3d_ColorScale.a);
}
"""
)

_GLASS_FRAGMENT = (
    _LIGHT
    + """
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
    vec3 mirror = mix(vec3(0.16, 0.17, 0.18), heaven(r), smoothstep(-0.15, 0.25, r.z));
    float dirt = texture(surfaces, vec3(across.xy, picture)).r;
    float own = (1.0 - clear) * (0.75 + 0.5 * dirt) + 0.10 * clear * dirt * dirt;
    // the edges of a pane are painted with less openness: they are nearly solid green
    own = mix(0.5, own, paint.a);
    vec3 body = tint * tint * paint.rgb * paint.rgb;
    body *= sky_zenith * 0.6 + sky_horizon * 0.5 + sun_colour * 0.18;
    float a = f + own * (1.0 - f);
    vec3 c = (mirror * f + body * own * (1.0 - f)) / a;
    shown = vec4(displayed(c), a * p3d_ColorScale.a);
}
"""
)

_SHADE_FRAGMENT = """
in vec4 paint;
in vec3 across;
out vec4 shown;
void main() {
    vec2 d = abs(across.xy);
    float k = (1.0 - smoothstep(0.45, 1.0, d.x)) * (1.0 - smoothstep(0.45, 1.0, d.y));
    shown = vec4(0.0, 0.0, 0.0, k * paint.a);
}
"""

SKY_VERTEX = (
    _VERSION
    + """
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
)

SKY_FRAGMENT = (
    _VERSION
    + _LIGHT
    + """
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
    float s = max(dot(d, sun_towards), 0.0);
    c += sun_colour * (5.0 * haze.w * smoothstep(0.99955, 0.99985, s));
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
        vec3 body = mix(sky_horizon * 0.72 + 0.06, sky_horizon * 0.55 + sun_colour * 0.28, bright);
        c = mix(c, body, cover * 0.9);
    }
    shown = vec4(displayed(c), 1.0);
}
"""
)


def surface(*kinds: str) -> tuple[str, str]:
    """Vertex and fragment program of an opaque surface, cut by `kinds`.

    Kinds: LAYERED, FOLIAGE, CLOTH, TRAFFIC.
    """
    head = _VERSION + "".join(f"#define {kind}\n" for kind in kinds)
    return head + _SURFACE_VERTEX, head + _SURFACE_FRAGMENT


def glass() -> tuple[str, str]:
    """Vertex and fragment program of a pane of glass."""
    return _VERSION + _SURFACE_VERTEX, _VERSION + _GLASS_FRAGMENT


def shade() -> tuple[str, str]:
    """Vertex and fragment program of the soft shadow below what travels or stands."""
    head = _VERSION + "#define LAYERED\n#define TRAFFIC\n"
    return head + _SURFACE_VERTEX, _VERSION + _SHADE_FRAGMENT
