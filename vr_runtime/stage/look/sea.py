"""Owns how a sandy shore and a quiet sea look: one program for both, so that they meet softly.

Where the bed lies above the water it is sand, wet below and dry above; below it, water that clears
towards the edge. It knows no place: what the vertices and the pictures say is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from panda3d.core import LVecBase3f, LVecBase4f, NodePath, SamplerState, Shader, Texture

from vr_runtime.stage.look.glsl import Grade, in_the_family
from vr_runtime.stage.look.programs import programs

Part = Literal["dry", "edge", "sea", "things", "hills"]
"""What faces are; each has a program of its own, for a processor that draws skips nothing.

Dry sand, the edge of the water and the open sea tell the height of the bed above the water in m,
and how much of the low sky hills hide from the water; things tell where along and around wood a
place lies, or are of stone; hills tell by their openness how hazy they are.
"""
WOOD, STONE = 1.0, 0.0
"""What a thing is, told as the number of its picture."""
DRY_M, SEA_M = 0.36, -1.25
"""Beds above the one are never washed; below the other nothing of them is seen."""

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
out vec3 told;                 // as each part has it
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
uniform sampler2D sand;        // rg: slopes, b: mottling, a: grit
uniform sampler2D waves;       // rg: slopes, b: patches, a: lace
uniform sampler2D near_sand;   // r: open to the sky, g: reached by the lamp, ba: slopes
uniform vec4 near_place;       // west, south, 1 / width, 1 / depth of it, in m
uniform float swell;           // 0 small waves, 1 a fresh sea
in vec3 place;
in vec3 facing;
in vec4 paint;
in vec3 told;
out vec4 shown;

const float LEVEL = 128.0 / 255.0;

#if !defined(SEA) && !defined(HILLS)
// What lies dry in the light of the evening and of the lamp.
vec3 lit(vec3 base, vec3 dry, float open, float lamp, vec3 high) {
    vec3 around = mix(ground_colour, high, dry.z * 0.5 + 0.5);
    // what is left of the day comes from a wide part of the sky, not from one point
    around += sun_colour * (0.34 * max((dot(dry, sun_towards) + 0.4) / 1.4, 0.0));
    vec3 to = lantern - place;
    float square = dot(to, to);
    float near = 0.10 + 0.90 * max(dot(dry, to * inversesqrt(square)), 0.0);
    return base * (around * open + lanternlight * (lamp * near / (0.10 + square * 1.15)));
}
#endif

#if defined(DRY) || defined(EDGE)
vec3 beach(vec3 n, float wet, vec3 high) {
    vec4 s = texture(sand, place.xy * 0.28);
    vec4 close = texture(near_sand, (place.xy - near_place.xy) * near_place.zw);
    float dark = smoothstep(0.0, 0.8, wet);
    vec3 base = paint.rgb * paint.rgb * ((0.62 + 0.76 * s.b) * mix(1.0, 0.42, dark));
    base *= 1.0 - 0.35 * s.a * (1.0 - dark);
    vec2 lean = (s.rg - LEVEL) * 0.64 + (close.ba - LEVEL) * 1.7;
    vec3 dry = normalize(n - vec3(lean * (1.0 - 0.9 * dark), 0.0));
    return lit(base, dry, close.r, close.g, high);
}
#endif

#if defined(EDGE) || defined(SEA)
vec3 water(vec3 c, vec3 n, vec3 v, float far, float depth, vec3 high) {
    float t = moment.x;
    vec2 p = place.xy;
    float calm = smoothstep(0.0, 0.5, depth);
    vec4 w1 = texture(waves, p * 0.075 + t * vec2(0.006, -0.016));
    vec4 w2 = texture(waves, p.yx * 0.205 + t * vec2(-0.034, 0.012));
    vec4 w3 = texture(waves, p * vec2(0.006, 0.013) + t * vec2(0.0008, -0.0015));
    // gusts roughen the water here and leave it smooth there; far away all evens out
    float gust = 0.35 + 1.3 * smoothstep(0.30, 0.72, w3.b);
    float evens = 1.0 / (1.0 + far * 0.016);
    vec2 g = ((w1.rg - LEVEL) * 0.30 + (w2.gr - LEVEL) * 0.16) * (gust * evens)
        + (w3.rg - LEVEL) * (0.09 * evens);
    // a low swell follows the bed towards the shore
    float rolls = told.x * 9.0 + t * 0.95 + 2.6 * w3.b;
    vec2 ashore = -n.xy / max(length(n.xy), 0.02);
    g += ashore * (0.075 * cos(rolls) * smoothstep(-3.2, -0.3, told.x) * calm);
    g *= 1.0 + 1.6 * swell;
    vec3 w = normalize(vec3(-g * smoothstep(0.0, 0.18, depth), 1.0));
    float away = 1.0 - clamp(dot(w, v), 0.0, 1.0);
    // a rough surface mirrors less of the lowest sky than a smooth one
    float square = away * away;
    float share = 0.02 + 0.84 * square * square * away / (1.0 + 0.35 * calm);
    vec3 r = reflect(-v, w);
    r.z = abs(r.z) + 0.03 * calm;
    r = normalize(r);
    vec3 deep = vec3(0.014, 0.058, 0.105) * (high * 2.2 + 0.05);
#ifdef EDGE
    deep = mix(deep, c * 0.8, exp(-depth * 2.0 / max(0.25, v.z + 0.15)));
#endif
    vec3 mirrored = heaven(r);
    // hills stand in the water as a soft dark, the brightest sky as a path
    mirrored = mix(mirrored, high * vec3(0.36, 0.42, 0.58), told.y * exp2(-13.0 * r.z));
    float path = max(dot(r.xy, glow_towards.xy) * inversesqrt(dot(r.xy, r.xy)
        * dot(glow_towards.xy, glow_towards.xy)), 0.0);
    path *= path; path *= path; path *= path; path *= path; path *= path;
    mirrored += glow_colour * (0.18 * path * path * exp2(-10.0 * r.z));
    c = mix(deep, mirrored, share * smoothstep(0.0, 0.03, depth));
#ifdef EDGE
    // lace of foam: thick where a wave has just come in, in threads behind it
    float slow = sin(t * 0.21 + 0.17 * p.x);
    float lace = 0.62 * texture(waves, p * 0.42 + vec2(0.02 * slow, 0.012 * t)).a
        + 0.38 * texture(waves, p.yx * 1.07 + vec2(0.017 * t, 0.0)).a;
    float crest = pow(0.5 + 0.5 * sin(rolls - 1.1), 9.0) * smoothstep(0.03, 0.10, depth)
        * (1.0 - smoothstep(0.20 + 0.6 * swell, 0.46 + 1.1 * swell, depth))
        * smoothstep(0.40 - 0.34 * swell, 0.66 - 0.20 * swell, w3.b + w1.b - 0.35);
    float rim = smoothstep(0.0, 0.006, depth) * (1.0 - smoothstep(0.012, 0.085, depth));
    float much = clamp(rim + 0.75 * crest, 0.0, 1.0);
    float foam = much * smoothstep(0.80 - 0.72 * much, 1.02 - 0.50 * much, lace);
    foam *= 1.0 / (1.0 + far * 0.012);
    c = mix(c, high * 1.02 + sun_colour * 0.14, 0.80 * foam);
#endif
    return c;
}
#endif

void main() {
    vec3 v = p3d_ViewMatrixInverse[3].xyz - place;
    float far = length(v);
    v /= far;
    vec3 n = normalize(facing);
    vec3 high = sky_zenith * 0.34 + sky_horizon * 0.42;
#if defined(HILLS)
    vec3 hill = paint.rgb * paint.rgb * high;
    vec3 c = mix(hill, heaven(vec3(-v.xy, max(-v.z, 0.015))), paint.a);
#elif defined(THINGS)
    bool woody = told.z > 0.5;
    vec4 s = texture(sand, woody ? told.xy : place.xz * 0.9 + place.y * 0.6);
    // grain, bleached on its ridges and grey in its cracks; stone is mottled
    float crack = smoothstep(0.56, 0.80, s.g) * smoothstep(0.40, 0.62, s.b);
    float tone = woody ? (0.80 + 0.40 * s.b) * (1.0 - 0.20 * s.g) * (1.0 - 0.40 * crack)
        : 0.60 + 0.80 * s.b;
    vec3 rough = woody ? vec3(0.0, 0.25, 0.45) * (s.g - LEVEL)
        : vec3(0.5, 0.3, 0.5) * (s.r - LEVEL);
    vec3 c = lit(paint.rgb * paint.rgb * tone, normalize(n + rough), paint.a, 1.0, high);
#elif defined(DRY)
    vec3 c = beach(n, 0.0, high);
#elif defined(SEA)
    vec3 c = water(vec3(0.0), n, v, far, -told.x, high);
#else
    // where the sea has run up to: a slow breath of it, never the same twice
    float t = moment.x;
    vec2 p = place.xy;
    float ragged = texture(waves, p * 0.09).b + 0.5 * texture(waves, p * 0.31).b - 0.75;
    float run = 0.040 * sin(t * 0.55 + 0.10 * p.x + 1.3 * sin(0.13 * p.x))
        + 0.022 * sin(t * 0.83 - 0.21 * p.x) + 0.10 * ragged;
    run *= 1.0 + 1.2 * swell;
    float depth = run - told.x;
    float wet = 1.0 - smoothstep(0.055, 0.20, told.x - 0.14 * ragged);
    vec3 c = beach(n, wet, high);
    float f = 1.0 - max(v.z, 0.0);
    f *= f * f * f;
    c = mix(c, heaven(normalize(vec3(-v.xy, max(v.z, 0.04)))),
        smoothstep(0.25, 1.0, wet) * (0.02 + 0.72 * f));
    if (depth > 0.0) c = water(c, n, v, far, depth, high);
#endif
#ifndef HILLS
    c = hazed(c, v, far, place.z);
#endif
    shown = vec4(dithered(displayed(c)), 1.0);
}
"""


@dataclass(frozen=True)
class Lamp:
    """A small lamp that stands on the sand."""

    at: tuple[float, float, float]
    """Where it is, in metres."""
    light: tuple[float, float, float]
    """Its linear light on a surface close by."""


@cache
def _program(grade: Grade, part: Part) -> Shader:
    fragment = f"#define {part.upper()}\n{_FRAGMENT}"
    return Shader.make(Shader.SL_GLSL, *in_the_family(grade, _VERTEX, fragment))


def wash(
    parts: Mapping[Part, NodePath],
    lamp: Lamp,
    pictures: Mapping[str, NDArray[np.uint8]],
    near: tuple[float, float, float, float],
) -> None:
    """Let nodes look like shore and sea in the light of the root above; what each is, `Part` says.

    Args:
        parts: wear it.
        lamp: lights what lies near.
        pictures: `sand` and `waves`, seamless, and `near_sand`, by their pixels (rows from the
            south; blue, green, red, alpha).
        near: where `near_sand` lies: west, south, width, depth in metres.
    """
    textures = {
        name: _texture(name, pixels, endless=name != "near_sand", trilinear=name == "waves")
        for name, pixels in pictures.items()
    }
    for part, node in parts.items():
        node.setShader(_program(programs().grade, part))
        node.setShaderInput("lantern", LVecBase3f(*lamp.at))
        node.setShaderInput("lanternlight", LVecBase3f(*lamp.light))
        for name, texture in textures.items():
            node.setShaderInput(name, texture)
        node.setShaderInput("near_place", LVecBase4f(near[0], near[1], 1 / near[2], 1 / near[3]))


def rise(place: NodePath, swell: float) -> None:
    """How high the sea goes below this node, 0 small waves to 1 a fresh sea."""
    place.setShaderInput("swell", swell)


def _texture(name: str, pixels: NDArray[np.uint8], *, endless: bool, trilinear: bool) -> Texture:
    texture = Texture(name)
    high, wide = pixels.shape[:2]
    texture.setup2dTexture(wide, high, Texture.TUnsignedByte, Texture.FRgba)
    texture.setRamImage(np.ascontiguousarray(pixels).tobytes())
    # waves would show a line where one size gives way to the next; calm sand does not
    near = SamplerState.FTLinearMipmapLinear if trilinear else SamplerState.FTLinearMipmapNearest
    texture.setMinfilter(near)
    texture.setMagfilter(SamplerState.FTLinear)
    wrap = SamplerState.WMRepeat if endless else SamplerState.WMClamp
    texture.setWrapU(wrap)
    texture.setWrapV(wrap)
    return texture
