"""Owns how soft shapes look that give a light of their own: a ball without an edge, a ring, a glow.

They take no light and change slowly: whoever moves them keeps the limits on flashes.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from panda3d.core import ColorBlendAttrib, LVecBase3f, NodePath, Shader, TransparencyAttrib

Shape = Literal["ball", "paper", "ring", "glow", "letters"]

_VERTEX = """
#version 150
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform mat4 p3d_ModelMatrix;
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec2 p3d_MultiTexCoord0;
out vec3 place;
out vec3 facing;
out vec2 across;
void main() {
    place = (p3d_ModelMatrix * p3d_Vertex).xyz;
    facing = mat3(p3d_ModelMatrix) * p3d_Normal;
    across = p3d_MultiTexCoord0;
    gl_Position = p3d_ModelViewProjectionMatrix * p3d_Vertex;
}
"""

_HEAD = """
#version 150
uniform mat4 p3d_ViewMatrixInverse;
uniform vec3 tint;             // as displayed
uniform float strength;        // 0 nothing to 1
uniform float part;            // of a ring: how much of it is drawn, from the top to the right
in vec3 place;
in vec3 facing;
in vec2 across;
out vec4 shown;
"""

_FRAGMENTS: dict[Shape, str] = {
    "ball": """
void main() {
    vec3 v = normalize(p3d_ViewMatrixInverse[3].xyz - place);
    float k = max(dot(normalize(facing), v), 0.0);
    float above = 0.5 + 0.5 * normalize(facing).z;
    vec3 c = mix(tint * 0.86, mix(tint, vec3(1.0), 0.34), k * k) * (0.94 + 0.06 * above);
    shown = vec4(c, strength * smoothstep(0.02, 0.75, k));
}
""",
    "paper": """
void main() {
    // a paper lantern: ribs around it, and a light inside that is strongest in the middle
    vec3 n = normalize(facing);
    float k = max(dot(n, normalize(p3d_ViewMatrixInverse[3].xyz - place)), 0.0);
    float ribs = sin(asin(clamp(n.z, -1.0, 1.0)) * 22.0);
    float paper = 0.60 + 0.16 * k + 0.10 * n.z + 0.03 * ribs;
    float lit = 0.80 + 0.30 * k - 0.10 * abs(n.z) + 0.03 * ribs;
    vec3 c = mix(tint * paper * vec3(0.94, 0.96, 1.0), tint * lit, strength);
    shown = vec4(min(c, vec3(1.0)), 1.0);
}
""",
    "ring": """
void main() {
    vec2 q = across * 2.0 - 1.0;
    float far = length(q);
    float band = smoothstep(0.86, 0.89, far) * (1.0 - smoothstep(0.95, 0.98, far));
    float turn = atan(q.x, q.y) / 6.2831853;
    turn = turn < 0.0 ? turn + 1.0 : turn;
    float done = 1.0 - smoothstep(part - 0.004, part + 0.004, turn);
    band *= mix(0.18, 1.0, done);
    // a dim ground, so that it is seen before anything
    float ground = 0.34 * (1.0 - smoothstep(0.84, 1.0, far));
    shown = vec4(mix(vec3(0.09, 0.11, 0.13), tint, band), strength * max(band, ground));
}
""",
    "glow": """
void main() {
    float far = length(across * 2.0 - 1.0);
    float k = max(1.0 - far, 0.0);
    shown = vec4(tint * (strength * k * k), 1.0);
}
""",
    "letters": """
uniform sampler2D p3d_Texture0;
void main() {
    vec4 t = texture(p3d_Texture0, across);
    shown = vec4(t.rgb, t.a * strength);
}
""",
}


@cache
def _program(shape: Shape) -> Shader:
    return Shader.make(Shader.SL_GLSL, _VERTEX, _HEAD + _FRAGMENTS[shape])


def soften(node: NodePath, shape: Shape, tint: tuple[float, float, float]) -> None:
    """Let `node` look like `shape` in this colour, as displayed; `strengthen` says how much.

    A ball needs normals; the others texture coordinates from 0 to 1 over a card.
    """
    node.setShader(_program(shape))
    node.setShaderInput("tint", LVecBase3f(*tint))
    node.setShaderInput("strength", 1.0)
    node.setShaderInput("part", 1.0)
    node.setDepthWrite(shape == "paper")
    if shape == "paper":
        return
    if shape == "glow":
        node.setAttrib(
            ColorBlendAttrib.make(
                ColorBlendAttrib.MAdd, ColorBlendAttrib.OOne, ColorBlendAttrib.OOne
            )
        )
        node.setBin("transparent", 5)
    else:
        node.setTransparency(TransparencyAttrib.MAlpha)


def tinted(node: NodePath, tint: tuple[float, float, float]) -> None:
    """Another colour from now on, as displayed."""
    node.setShaderInput("tint", LVecBase3f(*tint))


def strengthen(node: NodePath, strength: float, part: float = 1.0) -> None:
    """How much of it is seen, 0 to 1, and of a ring how much is drawn."""
    node.setShaderInput("strength", strength)
    node.setShaderInput("part", part)
