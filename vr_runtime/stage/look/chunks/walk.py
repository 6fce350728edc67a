"""Owns how a vertex of a walking figure goes with its limbs; knows neither tracks nor clothes."""

from __future__ import annotations

from vr_runtime.stage.look.gait import (
    ANKLE_Z,
    APART,
    ARM,
    ELBOW_Z,
    HIP_Z,
    KNEE_Z,
    LEG,
    SAMPLES,
    SHOULDER_Z,
    SKIRT,
    STIFF_ARM,
    STRIDE,
    table,
)

_TABLE = ",\n    ".join(
    f"vec4({thigh:.4f}, {shank:.4f}, {foot:.4f}, {rise:.4f})"
    for thigh, shank, foot, rise in table()
)

VERTEX = f"""
const float STRIDE = {STRIDE:.4f};
const vec4 BENDS[{SAMPLES}] = vec4[{SAMPLES}](
    {_TABLE});

vec4 bends(float part) {{
    float at = fract(part) * {SAMPLES}.0;
    int k = int(at) % {SAMPLES};
    return mix(BENDS[k], BENDS[(k + 1) % {SAMPLES}], fract(at));
}}

vec2 bent(vec2 p, float angle) {{
    float c = cos(angle), s = sin(angle);
    return vec2(p.x * c - p.y * s, p.x * s + p.y * c);
}}

// p: forwards and up of a point of a grown-up who stands, n: the same of its normal; limb: what it
// belongs to and its side; part: of a stride, the right heel coming down at 0
vec2 walked(vec2 p, inout vec2 n, float limb, float part) {{
    float kind = floor((limb + {APART / 2:.1f}) / {APART:.1f});
    float right = 0.5 + 0.5 * (limb - {APART:.1f} * kind);
    // what hangs between both sides takes some of each
    vec4 b = mix(bends(part + 0.5), bends(part), right);
    vec2 risen = vec2(0.0, bends(part).w);
    if (kind > {(SKIRT + ARM) / 2:.1f}) {{
        // against the legs, a little late
        float ahead = -0.29 * mix(-1.0, 1.0, right) * cos(6.28319 * (part - 0.03));
        vec2 shoulder = vec2(0.0, {SHOULDER_Z}), elbow = vec2(0.0, {ELBOW_Z - SHOULDER_Z:.4f});
        float loose = kind > {(ARM + STIFF_ARM) / 2:.1f} ? 0.6 : 1.0;
        float top = loose * (ahead + 0.02);
        float low = top + (1.0 - step(loose, 0.9)) * (0.22 + 0.5 * max(ahead, 0.0));
        vec2 from = p - shoulder;
        vec2 upper = bent(from, top), fore = bent(elbow, top) + bent(from - elbow, low);
        float below = smoothstep({ELBOW_Z + 0.05:.4f}, {ELBOW_Z - 0.05:.4f}, p.y);
        n = bent(n, mix(top, low, below));
        return shoulder + mix(upper, fore, below) + risen;
    }}
    if (kind < 0.5) return p + risen;
    vec2 hip = vec2(0.0, {HIP_Z}), knee = vec2(0.0, {KNEE_Z - HIP_Z:.4f});
    vec2 ankle = vec2(0.0, {ANKLE_Z - KNEE_Z:.4f});
    vec2 from = p - hip;
    float hung = smoothstep({HIP_Z + 0.07:.4f}, {HIP_Z - 0.07:.4f}, p.y);
    vec2 went = mix(from, bent(from, b.x), hung);
    float angle = b.x * hung;
    if (kind < {(LEG + SKIRT) / 2:.1f}) {{
        vec2 at = bent(knee, b.x);
        float below = smoothstep({KNEE_Z + 0.06:.4f}, {KNEE_Z - 0.06:.4f}, p.y);
        went = mix(went, at + bent(from - knee, b.y), below);
        at += bent(ankle, b.y);
        float under = smoothstep({ANKLE_Z + 0.05:.4f}, {ANKLE_Z + 0.01:.4f}, p.y);
        went = mix(went, at + bent(from - knee - ankle, b.z), under);
        angle = mix(mix(angle, b.y, below), b.z, under);
    }}
    n = bent(n, angle);
    return hip + went + risen;
}}
"""
