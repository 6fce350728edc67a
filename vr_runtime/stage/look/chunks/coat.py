"""Owns how vehicles take light: enamel below clear lacquer, lenses of lamps, panes with a cabin.

What a face is, is told by the number of its picture, all of which are the plain one: nothing is
looked up. A pane is opaque: the cabin behind it is worked out where the eye's ray meets the planes
in which seats and driver stand, and so nothing of it ever stands before the glass.
"""

from __future__ import annotations

ENAMEL, LENS, LAMP, PANE = 0.10, 0.20, 0.28, 0.38

FRAGMENT = (
    "#ifdef COAT\n"
    + "".join(
        f"const float {name} = {number - 0.04:.2f};\n"
        for name, number in (("ENAMEL", ENAMEL), ("LENS", LENS), ("LAMP", LAMP), ("PANE", PANE))
    )
    + """
// What lacquer and glass mirror: the street below, houses, the sky above.
vec3 mirrored(vec3 r, vec3 near) {
    vec3 light = sky_horizon * 0.42 + sun_colour * 0.10;
    vec3 street = light * 0.30 + 0.25 * near;
    vec3 houses = light * 0.46 + 0.20 * near;
    vec3 c = mix(street, houses, smoothstep(-0.10, 0.03, r.z));
    return mix(c, heaven(r), smoothstep(0.16, 0.40, r.z));
}

float within(vec2 p, vec2 middle, vec2 half_size, float soft) {
    vec2 d = abs(p - middle) - half_size;
    return 1.0 - smoothstep(-soft, soft, length(max(d, 0.0)) + min(max(d.x, d.y), 0.0));
}

float head(vec2 from_middle, vec2 radii) {
    return 1.0 - smoothstep(0.8, 1.1, length(from_middle / radii));
}

// A seat from the side, its back leaning, and seats side by side along the car.
float seat_aside(vec2 p) {
    p.x += 0.14 + 0.22 * p.y;
    return max(within(p, vec2(0.0, -0.15), vec2(0.07, 0.24), 0.025),
        within(p, vec2(0.0, 0.18), vec2(0.035, 0.065), 0.025));
}

float seats_along(vec2 p) {
    p.x = abs(p.x) - 0.36;
    return max(within(p, vec2(0.0, -0.12), vec2(0.22, 0.20), 0.04),
        within(p, vec2(0.0, 0.17), vec2(0.11, 0.055), 0.03));
}

// The cabin behind a pane. `told`: r whether somebody drives, g which way the pane looks: 0 right,
// 1/3 left, 2/3 ahead, 1 behind. `at`: the place on it, in m: before the seats, or across the car
// to the right; above the foot of the windows.
vec3 cabin(vec3 told, vec2 at, vec3 n, vec3 v, vec3 open_light) {
    bool side = told.g < 0.5;
    bool turned = side ? told.g > 0.17 : told.g < 0.83;
    vec2 out_of = normalize(n.xy + vec2(1e-5, 0.0));
    vec2 along = turned ? vec2(out_of.y, -out_of.x) : vec2(-out_of.y, out_of.x);
    // heads are round: from aside they are no narrower
    vec2 aside = vec2(max(dot(v.xy, out_of), 0.12) * inversesqrt(dot(v.xy, v.xy) + 1e-6),
        sqrt(max(1.0 - v.z * v.z, 0.05)));
    vec2 step_in = vec2(dot(v.xy, along), v.z) / max(dot(v.xy, out_of), 0.12);
    // depths of the nearer and the farther row, and of the panes beyond
    bool ahead = told.g > 0.5 && told.g < 0.83;
    float first = side ? 0.30 : ahead ? 0.95 - 1.5 * at.y : 0.35;
    float second = side ? 0.95 : ahead ? 1.85 - 1.5 * at.y : 1.25 + at.y;
    float last = side ? 1.30 : 2.5;
    vec2 a = at - step_in * first, b = at - step_in * second, c = at - step_in * last;
    float beyond, rows, near_rows, driver;
    if (side) {
        vec2 p = turned ? a : b;
        beyond = within(c, vec2(-0.25, 0.19), vec2(0.95, 0.10), 0.10);
        rows = seat_aside(b);
        near_rows = max(seat_aside(a), seat_aside(a + vec2(0.86, 0.05)));
        driver = max(head((p - vec2(0.06, 0.19)) * aside, vec2(0.085, 0.115)),
            within(p, vec2(0.02, -0.16), vec2(0.10, 0.20), 0.06));
    } else {
        vec2 p = ahead ? a : b;
        beyond = within(c, vec2(0.0, 0.19), vec2(0.42, 0.09), 0.12);
        rows = seats_along(b);
        // of the seats behind, only what rests the heads stands above the foot of the window
        near_rows = seats_along(ahead ? a : a + vec2(0.0, 0.11));
        driver = max(head((p - vec2(-0.36, 0.18)) * aside, vec2(0.085, 0.115)),
            within(p, vec2(-0.36, -0.12), vec2(0.21, 0.15), 0.06));
    }
    vec3 seen = mix(vec3(0.020), vec3(0.17, 0.18, 0.19), beyond) * open_light;
    // what lies low is lit from above
    seen += open_light * 0.05 * smoothstep(0.05, -0.5, a.y);
    seen = mix(seen, vec3(0.030) * open_light, rows);
    seen = mix(seen, vec3(0.045, 0.046, 0.050) * open_light, near_rows);
    return mix(seen, vec3(0.070, 0.057, 0.052) * open_light, driver * told.r);
}

// `lit` is what light makes of the colour alone, `open_light` what of it gets into a cabin.
vec3 coated(float kind, vec3 told, vec2 at, vec3 lit, vec3 base, vec3 n, vec3 v, float open,
        float sun, vec3 near, vec3 open_light) {
    float facing_eye = max(dot(n, v), 0.0);
    float f = 1.0 - facing_eye;
    f = f * f; f = f * f * (1.0 - facing_eye);
    vec3 r = reflect(-v, n);
    bool glassy = kind > PANE;
    float straight = glassy ? 0.13 : 0.10 + 0.05 * hour.y;
    f = straight + (0.92 - straight) * f;
    vec3 below = glassy ? cabin(told, at, n, v, open_light + 0.4 * near)
        : lit * (kind > LENS ? 1.0 : 0.86);
    // a lamp that is on: by day it is seen, by night it shines
    if (kind > LAMP && !glassy) below += base * (0.35 + 2.2 * hour.x);
    vec3 c = mix(below, mirrored(r, near) * (0.45 + 0.55 * open), f);
    float glint = max(dot(r, sun_towards), 0.0);
    float broad = glint * glint; broad *= broad; broad *= broad; broad *= broad;
    float small = broad * broad; small *= small; small *= small; small *= small;
    // the sun itself in the lacquer, and its sheen on the flakes below
    float flakes = glassy ? 0.0 : 0.30 * broad * sqrt(dot(base, vec3(0.33)));
    return c + sun_colour * (sun * (2.6 * small + flakes));
}
#endif
"""
)
