"""Owns how a country painted all around looks, and the still water that mirrors it.

The water clears towards its edge, so that no border shows. It knows no place: the picture, where it
hangs and how deep the water is come from outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from panda3d.core import LVecBase3f, LVecBase4f, NodePath, Shader, Texture, TransparencyAttrib

from vr_runtime.stage.look.glsl import Grade, in_the_family
from vr_runtime.stage.look.programs import programs
from vr_runtime.stage.look.weather import Weather

_AROUND = """
uniform mat4 p3d_ViewMatrixInverse;
uniform sampler2D country;     // square roots of light, a = where there is land
uniform vec4 wall;             // radius and lower end in m, 1 / height, brightest light
uniform vec3 painted_by;       // light in which it was painted
in vec3 place;
in vec3 told;
out vec4 shown;

// What was painted, in the light of this hour.
vec3 painted(vec3 root) {
    vec3 now = sky_zenith * 0.34 + sky_horizon * 0.42 + sun_colour * 0.4;
    return root * root * (wall.w * now / painted_by);
}

vec2 on_the_wall(vec3 p) {
    return vec2(atan(p.x, p.y) * 0.15915494 + 0.5, (p.z - wall.y) * wall.z);
}
"""

_VERTEX = """
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform mat4 p3d_ModelMatrix;
uniform mat4 p3d_ViewMatrixInverse;
in vec4 p3d_Vertex;
in vec3 p3d_MultiTexCoord0;
out vec3 place;
out vec3 told;                 // water, x: how deep it is in m; wall: where in the picture
void main() {
    place = (p3d_ModelMatrix * p3d_Vertex).xyz;
    told = p3d_MultiTexCoord0;
    gl_Position = p3d_ModelViewProjectionMatrix * p3d_Vertex;
#ifdef STILL
    // the bed is coarser than the shore is drawn: what lies less than a stride in front of the
    // water is no bank
    vec3 v = p3d_ViewMatrixInverse[3].xyz - place;
    vec4 nearer = p3d_Vertex + vec4(v * min(0.8 / length(v), 0.1), 0.0);
    vec4 q = p3d_ModelViewProjectionMatrix * nearer;
    gl_Position.z = q.z / q.w * gl_Position.w;
#endif
}
"""

_WALL = """
void main() {
    vec4 t = texture(country, told.xy);
    shown = vec4(displayed(painted(t.rgb)), t.a);
}
"""

_WATER = """
uniform vec4 moment;           // s passed, ., strength of the wind

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
    vec2 p = place.xy;
    float t = moment.x;
    vec3 v = p3d_ViewMatrixInverse[3].xyz - place;
    float far = length(v);
    v /= far;
    // here and there a breath of wind lies on it, long and level; the rest is a mirror
    float breath = smoothstep(0.50, 0.80,
        0.65 * grain(p * vec2(0.016, 0.055) + t * vec2(0.010, 0.004)) + 0.35 * grain(p * 0.09));
    float steep = 0.0022 + 0.0065 * breath;
    vec2 s = vec2(0.25, 0.97) * cos(dot(p, vec2(0.25, 0.97)) * 1.05 - t * 0.55)
        + vec2(-0.42, 0.91) * cos(dot(p, vec2(-0.42, 0.91)) * 1.9 - t * 0.8 + 1.7)
        + vec2(0.80, 0.60) * cos(dot(p, vec2(0.80, 0.60)) * 0.62 - t * 0.4 + 0.6);
    s *= steep * (0.6 + 0.8 * grain(p * 0.21));
    vec3 n = normalize(vec3(-s, 1.0));
    float side = 1.0 - max(dot(n, v), 0.0);
    // Schlick 1994, with 2 % straight down
    float f = side * side; f = 0.02 + 0.98 * f * f * side;
    vec3 r = reflect(-v, n);
    r.z = max(r.z, 0.004);
    // where the mirrored ray meets the wall
    vec2 d = normalize(r.xy);
    float b = dot(p, d);
    float reach = -b + sqrt(max(b * b + wall.x * wall.x - dot(p, p), 0.0));
    vec3 hit = vec3(p + d * reach, place.z + reach * r.z / length(r.xy));
    vec2 at = on_the_wall(hit);
    vec4 land = texture(country, at, 0.6 + 1.6 * breath);
    land.a *= smoothstep(1.0, 0.97, at.y);
    vec3 mirrored = mix(heaven(r), painted(land.rgb), land.a);
    vec3 level = sky_zenith * 0.34 + sky_horizon * 0.42;
    mirrored = mix(mirrored, level * 1.05, 0.16 * breath);
    vec3 deep = vec3(0.022, 0.040, 0.030) * (level + sun_colour * sun_towards.z);
    float solid = 1.0 - exp(-max(told.x, 0.0) * 5.0);
    float a = f + (1.0 - f) * solid;
    vec3 c = (mirrored * f + deep * (1.0 - f) * solid) / max(a, 0.001);
    // the outermost hand's breadth dries up between the stalks
    float ragged = 0.04 * exp(-far * 0.012) * (grain(p * 0.9) - 0.5);
    a *= smoothstep(0.0, 0.07, told.x + ragged);
    if (a < 0.004) discard;
    shown = vec4(displayed(hazed(c, v, far, place.z)), a);
}
"""


@dataclass(frozen=True)
class Wall:
    """What is painted all around the origin, and where."""

    picture: Texture
    radius: float
    low: float
    """Heights of its lower and upper end, in metres."""
    top: float
    brightest: float
    """Linear light of its greatest number."""
    weather: Weather
    """In which it was painted; in the light of a later hour it darkens with all else."""

    def tell(self, node: NodePath) -> None:
        """Let the programs of `node` read it."""
        node.setShaderInput("country", self.picture)
        high = 1.0 / (self.top - self.low)
        node.setShaderInput("wall", LVecBase4f(self.radius, self.low, high, self.brightest))
        by = zip(self.weather.zenith, self.weather.horizon, self.weather.sun, strict=True)
        light = [0.34 * zenith + 0.42 * horizon + 0.4 * sun for zenith, horizon, sun in by]
        node.setShaderInput("painted_by", LVecBase3f(*light))


@cache
def _program(grade: Grade, name: str) -> Shader:
    still = name == "water"
    texts = in_the_family(grade, _VERTEX, _AROUND + (_WATER if still else _WALL))
    head = "#version 150\n"
    vertex = texts[0].replace(head, head + "#define STILL\n") if still else texts[0]
    return Shader.make(Shader.SL_GLSL, vertex, texts[1])


def paint_around(node: NodePath, wall: Wall) -> None:
    """Let `node` show the picture; texture coordinates say where in it."""
    node.setShader(_program(programs().grade, "wall"))
    wall.tell(node)
    node.setTransparency(TransparencyAttrib.MAlpha)
    node.setDepthWrite(False)


def lie_still(node: NodePath, wall: Wall) -> None:
    """Let `node` be water that mirrors the picture and the sky.

    Its faces are level; the first texture coordinate says how deep it is, in metres.
    """
    node.setShader(_program(programs().grade, "water"))
    wall.tell(node)
    node.setTransparency(TransparencyAttrib.MAlpha)
    node.setDepthWrite(True)
