"""Owns how a small lantern burns: a flame that never flickers, its glow, a glance on its panes."""

from __future__ import annotations

from functools import cache

from panda3d.core import ColorBlendAttrib, LVecBase3f, NodePath, Shader, TransparencyAttrib

from vr_runtime.stage.look.glsl import Grade, in_the_family
from vr_runtime.stage.look.programs import programs

# The card turns about its own upright to whoever looks.
_FLAME_VERTEX = """
uniform mat4 p3d_ModelMatrix;
uniform mat4 p3d_ViewMatrix;
uniform mat4 p3d_ViewMatrixInverse;
uniform mat4 p3d_ProjectionMatrix;
in vec4 p3d_Vertex;
in vec3 p3d_MultiTexCoord0;
out vec2 corner;
void main() {
    vec3 middle = p3d_ModelMatrix[3].xyz;
    vec2 way = normalize(p3d_ViewMatrixInverse[3].xy - middle.xy);
    vec3 at = middle + vec3(-way.y, way.x, 0.0) * p3d_Vertex.x + vec3(0.0, 0.0, p3d_Vertex.z);
    at.xy += way * p3d_Vertex.y;
    corner = p3d_MultiTexCoord0.xy;
    gl_Position = p3d_ProjectionMatrix * p3d_ViewMatrix * vec4(at, 1.0);
}
"""

_FLAME = """
uniform vec3 tint;             // as displayed
in vec2 corner;                // -1 to 1
out vec4 shown;
void main() {
    // a drop, round below and drawn out above; its edge is soft
    vec2 q = corner;
    float narrow = 0.52 * sqrt(max(1.0 - q.y * q.y, 0.0));
    narrow *= 1.0 - 0.55 * smoothstep(-0.5, 1.0, q.y);
    float body = 1.0 - smoothstep(0.45, 1.25, abs(q.x) / max(narrow, 0.02));
    body *= smoothstep(1.0, 0.55, q.y) * smoothstep(-1.0, -0.72, q.y);
    float heart = body * body * smoothstep(0.9, -0.3, q.y);
    float root = smoothstep(-0.45, -0.9, q.y);
    vec3 c = mix(tint * vec3(1.0, 0.80, 0.55), vec3(1.0, 0.95, 0.80), heart);
    shown = vec4(mix(c, tint * vec3(0.75, 0.55, 0.45), 0.6 * root) * body, 1.0);
}
"""

_HALO = """
uniform vec3 tint;
in vec2 corner;
out vec4 shown;
void main() {
    // nearly as light falls off around a flame in damp air, to nothing where the card ends
    float r = length(corner);
    // on the sand below it is the light itself that is seen
    float k = max(1.0 - r, 0.0) * smoothstep(-0.33, 0.10, corner.y);
    float glow = 0.020 / (0.05 + r * r) + 0.10 * k;
    shown = vec4(dithered(tint * tint * (glow * k * k)), 1.0);
}
"""

_PANE_VERTEX = """
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform mat4 p3d_ModelMatrix;
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec3 p3d_MultiTexCoord0;
out vec3 place;
out vec3 facing;
out vec2 corner;
void main() {
    place = (p3d_ModelMatrix * p3d_Vertex).xyz;
    facing = mat3(p3d_ModelMatrix) * p3d_Normal;
    corner = p3d_MultiTexCoord0.xy;
    gl_Position = p3d_ModelViewProjectionMatrix * p3d_Vertex;
}
"""

_PANE = """
uniform mat4 p3d_ViewMatrixInverse;
uniform vec3 tint;
in vec3 place;
in vec3 facing;
in vec2 corner;                // -1 to 1
out vec4 shown;
void main() {
    vec3 v = normalize(p3d_ViewMatrixInverse[3].xyz - place);
    vec3 n = normalize(facing);
    float outside = step(0.0, dot(n, v));
    float f = 1.0 - abs(dot(n, v));
    f *= f * f * f * f;
    // old glass: a little warm from within, dusty at its edges, the sky in a slanting glance
    float edge = max(abs(corner.x), abs(corner.y));
    float dust = 0.05 + 0.10 * smoothstep(0.55, 1.0, edge);
    float warm = exp(-2.2 * dot(corner, corner));
    float glance = outside * smoothstep(0.35, 0.0, abs(corner.x * 0.6 + corner.y * 0.55 - 0.42));
    vec3 r = reflect(-v, n);
    vec3 c = mix(tint * tint * (0.35 + 0.65 * warm), heaven(normalize(vec3(r.xy, abs(r.z)))), 0.25);
    c = mix(c, sky_horizon * 1.3, 0.55 * glance);
    shown = vec4(displayed(c), dust + 0.10 * warm + 0.14 * glance + outside * 0.5 * f);
}
"""


@cache
def _program(grade: Grade, vertex: str, fragment: str) -> Shader:
    return Shader.make(Shader.SL_GLSL, *in_the_family(grade, vertex, fragment))


def _glowing(node: NodePath, fragment: str, tint: tuple[float, float, float], order: int) -> None:
    node.setShader(_program(programs().grade, _FLAME_VERTEX, fragment))
    node.setShaderInput("tint", LVecBase3f(*tint))
    node.setAttrib(
        ColorBlendAttrib.make(ColorBlendAttrib.MAdd, ColorBlendAttrib.OOne, ColorBlendAttrib.OOne)
    )
    node.setDepthWrite(False)
    node.setBin("transparent", order)


def burn(flame: NodePath, halo: NodePath, tint: tuple[float, float, float]) -> None:
    """Let two cards look like a flame and the glow around it, in this colour as displayed.

    Each is upright around its own origin and turns to whoever looks; coordinates run from -1 to 1.
    """
    _glowing(flame, _FLAME, tint, -2)
    _glowing(halo, _HALO, tint, 2)


def glaze(panes: NodePath, tint: tuple[float, float, float]) -> None:
    """Let flat faces (coordinates from -1 to 1) look like panes before a flame of this colour."""
    panes.setShader(_program(programs().grade, _PANE_VERTEX, _PANE))
    panes.setShaderInput("tint", LVecBase3f(*tint))
    panes.setTransparency(TransparencyAttrib.MAlpha)
    panes.setTwoSided(True)
    panes.setDepthWrite(False)
    panes.setBin("transparent", 0)
