"""Owns the grating of a steel deck: bars on edge, nothing between, seen from above or below.

How much of a bar is seen is reckoned and not drawn: the sight goes down between the bars, or meets
a side. So no bar flickers however far it is, and straight down one looks through, as one does.
"""

from __future__ import annotations

FRAGMENT = """
uniform mat4 p3d_ViewMatrixInverse;
uniform vec3 tint;
in vec3 place;
in vec3 stood;
in vec3 facing;
in vec4 paint;
in vec3 across;
out vec4 shown;

const float PITCH = 0.042, THICK = 0.005, DEEP = 0.032;
const float ROD_PITCH = 0.105, ROD_THICK = 0.007, ROD_DEEP = 0.008;

// Share of a footprint `wide` around `u` that bars of so much of each unit cover (a box filter).
float bars(float u, float part, float wide) {
    part = min(part, 1.0);
    float w = max(wide, 1e-4);
    float a = u - 0.5 * w + 0.5 * part, b = a + w;
    float below = floor(a) * part + min(fract(a), part);
    float above = floor(b) * part + min(fract(b), part);
    return clamp((above - below) / w, 0.0, 1.0);
}

void main() {
    vec3 v = p3d_ViewMatrixInverse[3].xyz - place;
    float far = length(v);
    v /= far;
    vec2 slant = v.xy / max(abs(v.z), 0.02);
    vec2 wide = fwidth(stood.xy);
    // bars lie across the deck, one behind the other along y; rods along it, thinner
    float along = stood.y / PITCH, leant = abs(slant.y) * DEEP / PITCH;
    float top = bars(along, THICK / PITCH, wide.y / PITCH);
    float bar = bars(along - 0.5 * slant.y * DEEP / PITCH, THICK / PITCH + leant, wide.y / PITCH);
    float rod = bars(stood.x / ROD_PITCH - 0.5 * slant.x * ROD_DEEP / ROD_PITCH,
        (ROD_THICK + abs(slant.x) * ROD_DEEP) / ROD_PITCH, wide.x / ROD_PITCH);
    vec3 sky = sky_zenith * 0.34 + sky_horizon * 0.42;
    vec3 body = tint * tint * paint.rgb * paint.rgb;
    float sun = max(sun_towards.z, 0.0) * step(0.0, v.z);
    vec3 lit = body * (sky * paint.a + sun_colour * sun + lamped(place, vec3(0.0, 0.0, 1.0)));
    // a side gets what comes down between the bars
    vec3 side = body * (0.42 * sky + 0.35 * ground_colour
        + sun_colour * 0.30 * max(sun_towards.y * sign(v.y), 0.0));
    float all = 1.0 - (1.0 - bar) * (1.0 - rod);
    float upper = clamp((top + 0.8 * rod * (1.0 - bar)) / max(all, 1e-3), 0.0, 1.0);
    vec3 c = mix(side, lit, upper);
    shown = vec4(displayed(hazed(c, v, far, place.z)), all);
}
"""
