"""Owns how baked light is taken, and what becomes of it at another hour than it was baked for.

The light that reaches a place at a clear noon, from sun and sky and from wall to wall, was worked
out when the place was built, and lies in a picture as sqrt(light / 4); `assets/source/baking`
writes it. The part of the sun and that of the sky then follow hour and weather each by themselves.
"""

from __future__ import annotations

from vr_runtime.stage.look.weather import CLEAR_DAY

_SKY = tuple(0.34 * z + 0.42 * h for z, h in zip(CLEAR_DAY.zenith, CLEAR_DAY.horizon, strict=True))
_NOON = "\n".join(
    f"const vec3 {name} = vec3({', '.join(f'{part:.6f}' for part in colour)});"
    for name, colour in (("NOON_SUN", CLEAR_DAY.sun), ("NOON_SKY", _SKY))
)

FRAGMENT = (
    """
#ifdef BAKED
uniform sampler2D lightmap;
in vec2 lit;
"""
    + _NOON
    + """
// How much of the light at a place is the sun's, as far as its strength tells, 0 to 1.
float sunlit(vec3 arrives) { return smoothstep(0.75, 1.25, arrives.r); }

vec3 baked_light() {
    vec3 l = texture(lightmap, lit).rgb;
    return 4.0 * l * l;
}

// The same at this hour; `kept` is how much of the sun comes past what moves.
vec3 at_this_hour(vec3 arrives, float kept) {
    vec3 sky_part = (sky_zenith * 0.34 + sky_horizon * 0.42) / NOON_SKY;
    vec3 sun_part = sun_colour / NOON_SUN * kept;
    return arrives * mix(sky_part, sun_part, 0.72 * sunlit(arrives));
}
#endif
"""
)
