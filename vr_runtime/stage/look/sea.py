"""Owns how a sandy shore and a quiet sea look: one program for both, so that they meet softly.

Where the bed lies above the water it is sand, wet below and dry above; below it, water that clears
towards the edge. It knows no place: what the vertices say is drawn.
"""

from __future__ import annotations

from functools import cache

from panda3d.core import LVecBase3f, NodePath, Shader

from vr_runtime.stage.look.glsl import Grade, in_the_family
from vr_runtime.stage.look.programs import programs

_VERTEX = """
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform mat4 p3d_ModelMatrix;
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec4 p3d_Color;
in vec3 p3d_MultiTexCoord0;
out vec3 place;
out vec3 facing;
out vec4 paint;
out vec3 told;                 // x: height of the bed above the water in m, y: 1 for sand
void main() {
    place = (p3d_ModelMatrix * p3d_Vertex).xyz;
    facing = mat3(p3d_ModelMatrix) * p3d_Normal;
    paint = p3d_Color;
    told = p3d_MultiTexCoord0;
    gl_Position = p3d_ModelViewProjectionMatrix * p3d_Vertex;
}
"""

_FRAGMENT = """
uniform mat4 p3d_ViewMatrixInverse;
uniform vec4 moment;           // s passed
uniform vec3 lantern;          // where a small lamp stands
uniform vec3 lanternlight;
in vec3 place;
in vec3 facing;
in vec4 paint;
in vec3 told;
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

vec2 slope(vec2 p, float t, float far) {
    // long gentle waves first; the short ones are left out where they would only shimmer
    vec2 g = vec2(0.0);
    float near = exp(-far * 0.02), nearer = exp(-far * 0.07);
    g += vec2(0.10, -0.99) * 0.030 * cos(dot(p, vec2(0.10, -0.99)) * 0.55 + t * 0.75);
    g += vec2(-0.35, -0.94) * 0.030 * cos(dot(p, vec2(-0.35, -0.94)) * 0.9 + t * 0.95 + 1.3);
    g += vec2(0.48, -0.88) * 0.034 * near * cos(dot(p, vec2(0.48, -0.88)) * 1.7 + t * 1.3 + 0.4);
    g += vec2(-0.80, -0.60) * 0.034 * near * cos(dot(p, vec2(-0.80, -0.60)) * 2.9 + t * 1.7 + 2.1);
    g += vec2(0.9, -0.44) * 0.040 * nearer * cos(dot(p, vec2(0.9, -0.44)) * 5.3 + t * 2.3);
    g += vec2(0.2, 0.98) * 0.032 * nearer * cos(dot(p, vec2(0.2, 0.98)) * 8.1 + t * 2.9 + 0.7);
    return g;
}

void main() {
    float t = moment.x;
    vec2 p = place.xy;
    vec3 v = p3d_ViewMatrixInverse[3].xyz - place;
    float far = length(v);
    v /= far;
    vec3 n = normalize(facing);
    float fine = 1.0 / (1.0 + far * 0.10);
    vec3 high = sky_zenith * 0.34 + sky_horizon * 0.42;

    // how far the water has run up: a slow breath of the sea, never the same twice
    float ragged = grain(p * 0.35) + 0.5 * grain(p * 0.9);
    float run = 0.050 * sin(t * 0.52 + 1.6 * grain(vec2(p.x * 0.07, 0.0)) + 0.05 * p.x)
        + 0.022 * sin(t * 0.83 + 0.11 * p.x) + 0.018 * (ragged - 0.75);
    float depth = run - told.x;

    // sand, or whatever else lies dry
    float spots = grain(p * 38.0) * fine + grain(p * 9.0) * 0.6 + grain(p * 1.1) * 0.9;
    vec3 base = paint.rgb * paint.rgb * mix(1.0, 0.70 + 0.24 * spots, told.y);
    float wet = told.y * (1.0 - smoothstep(0.055, 0.15 + 0.03 * ragged, told.x));
    float weed = told.y * smoothstep(0.64, 0.80, grain(p * 5.0) * 0.55 + grain(p * 17.0) * 0.5)
        * smoothstep(0.17, 0.20, told.x) * (1.0 - smoothstep(0.22, 0.30, told.x + 0.03 * ragged));
    base *= mix(1.0, 0.45, wet) * mix(1.0, 0.55, weed * fine * 2.0 / (1.0 + fine));
    vec2 wind = vec2(grain(p * vec2(2.2, 5.0)) - grain(p * vec2(2.2, 5.0) + vec2(0.0, 0.35)),
        grain(p * vec2(6.0, 11.0)) - grain(p * vec2(6.0, 11.0) + vec2(0.0, 0.4)));
    vec3 ripple = vec3(0.05 * wind.y, 0.10 * wind.x + 0.12 * wind.y, 0.0);
    vec3 dry = normalize(n + told.y * (1.0 - wet) * fine * ripple);
    vec3 around = mix(ground_colour, high, dry.z * 0.5 + 0.5) * paint.a;
    // what is left of the day comes from a wide part of the sky, not from one point
    vec3 c = base * (around + sun_colour * 0.34 * max((dot(dry, sun_towards) + 0.4) / 1.4, 0.0));
    vec3 to = lantern - place;
    float near = dot(to, to);
    c += base * lanternlight * (0.25 + 0.75 * max(dot(dry, to * inversesqrt(near)), 0.0))
        / (0.30 + near * near * 0.45 + near);
    float f = 1.0 - max(dot(vec3(0.0, 0.0, 1.0), v), 0.0);
    f *= f * f * f * f;
    c = mix(c, heaven(normalize(vec3(-v.xy, max(v.z, 0.04)))), wet * (0.03 + 0.55 * f) * told.y);

    if (depth > 0.0 && told.y > 0.5) {
        float calm = smoothstep(0.0, 0.5, depth);
        vec2 g = slope(p, t, far) * calm;
        vec3 w = normalize(vec3(-g, 1.0));
        float side = 1.0 - clamp(dot(w, v), 0.0, 1.0);
        // a rough surface mirrors less of the lowest sky than a smooth one
        float share = 0.02 + 0.80 * pow(side, 5.0) / (1.0 + 0.35 * calm);
        vec3 r = reflect(-v, w);
        r.z = abs(r.z) + 0.03 * calm;
        float clear = exp(-depth * 2.0 / max(0.25, v.z + 0.15));
        vec3 deep = vec3(0.020, 0.060, 0.075) * (high * 2.2 + 0.05);
        vec3 water = mix(deep, c * 0.8, clear);
        water = mix(water, heaven(normalize(r)), share * smoothstep(0.0, 0.03, depth));
        // thin lines of foam come in and thin out
        float line = told.x * -7.5 + t * 0.42 + 1.4 * grain(p * vec2(0.10, 0.25));
        float crest = pow(0.5 + 0.5 * sin(line), 40.0) * smoothstep(0.04, 0.12, depth)
            * (1.0 - smoothstep(0.30, 0.75, depth));
        float lace = 0.6 * grain(p * 6.0 + vec2(0.0, t * 0.10)) + 0.5 * grain(p * 15.0);
        lace = smoothstep(0.42, 0.72, lace);
        float rim = smoothstep(0.0, 0.004, depth)
            * (1.0 - smoothstep(0.006, 0.035 + 0.02 * ragged, depth));
        float foam = clamp(crest * (0.35 + 0.65 * lace) + rim * (0.25 + 0.75 * lace), 0.0, 1.0);
        foam *= 1.0 / (1.0 + far * 0.012);
        c = mix(water, (high * 0.9 + sun_colour * 0.10), 0.62 * foam);
    }
    float rise = exp2(-max(place.z, 0.0) * haze.y);
    float lost = haze.z * (1.0 - exp2(-far * haze.x * (0.25 + 0.75 * rise)));
    c = mix(c, heaven(normalize(vec3(-v.xy, max(-v.z, 0.0) * 0.35 + 0.015))), lost);
    shown = vec4(displayed(c), 1.0);
}
"""


@cache
def _program(grade: Grade) -> Shader:
    return Shader.make(Shader.SL_GLSL, *in_the_family(grade, _VERTEX, _FRAGMENT))


def wash(
    node: NodePath, lamp: tuple[float, float, float], lamplight: tuple[float, float, float]
) -> None:
    """Let `node` look like shore and sea in the light of the root above.

    Texture coordinates say how high the bed lies above the water (metres) and whether it is sand
    that water may cover (1) or a thing that stays dry (0).

    Args:
        node: wears it.
        lamp: place of a small lamp, in metres.
        lamplight: its linear light on a surface close by.
    """
    node.setShader(_program(programs().grade))
    node.setShaderInput("lantern", LVecBase3f(*lamp))
    node.setShaderInput("lanternlight", LVecBase3f(*lamplight))
