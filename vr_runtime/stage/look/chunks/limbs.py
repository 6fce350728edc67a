"""Owns how a vertex goes with its limb or trunk: `look.limbs` for the graphics card; no animal.

`motion` of a vertex: x what it belongs to (0 fore part, 1 hind part, 2 and on a limb), y which bone
of a limb (0 thigh, 1 shin, 2 foot), z how much it shines. A limb's vertices lie in the space of
their bone: y along it, z on its upper side. Of what lies on the ground as a shadow, y is 3 (a
strip below a limb: its vertex tells side and place along it), 4 (below a tip) or 5 (below a trunk).
"""

from __future__ import annotations

from vr_runtime.stage.look.limbs import OUTWARDS, STRETCHED

LIMBS = 10
VERTEX = (
    f"""
uniform vec4 hips[{LIMBS}];     // where each limb begins on the trunk, from its waist
uniform vec4 bones[{LIMBS}];    // lengths of thigh, shin, foot; bend of the foot in radians
uniform vec4 tips[{LIMBS}];     // where each ends, z above the ground
uniform vec4 trunk;             // the waist's place, a = how far the fore part is raised, radians
uniform vec4 sway;              // roll and turn of the trunk, rise of the hind part; radians
uniform vec4 slant;             // how far a shadow falls aside for each unit of height; a: 0 in the
                                // air, where there is nothing for it to fall on, 1 else
const float OUTWARDS = {OUTWARDS};
const float STRETCHED = {STRETCHED};
"""
    + """
vec3 pitched(vec3 p, float angle) {
    float c = cos(angle), s = sin(angle);
    return vec3(p.x, p.y * c - p.z * s, p.y * s + p.z * c);
}

vec3 swayed(vec3 p) {
    p = pitched(p, trunk.w);
    float c = cos(sway.x), s = sin(sway.x);
    p = vec3(p.x * c + p.z * s, p.y, p.z * c - p.x * s);
    c = cos(sway.y); s = sin(sway.y);
    return vec3(p.x * c - p.y * s, p.x * s + p.y * c, p.z);
}

struct Leg { vec3 hip, knee, heel, tip, side; };

Leg leg(int i) {
    Leg l;
    vec3 own = swayed(hips[i].xyz);
    l.hip = trunk.xyz + own;
    vec4 bone = bones[i];
    float lower = sqrt(bone.y * bone.y + bone.z * bone.z + 2.0 * bone.y * bone.z * cos(bone.w));
    vec3 way = tips[i].xyz - l.hip;
    float far = max(length(way), 1e-6);
    vec3 e = way / far;
    float held = clamp(far, abs(bone.x - lower) + 1e-4, STRETCHED * (bone.x + lower));
    vec3 u = vec3(OUTWARDS * normalize(hips[i].xy), 1.0);
    u = normalize(u - e * dot(u, e));
    float c = clamp((bone.x * bone.x + held * held - lower * lower) / (2.0 * bone.x * held),
        -1.0, 1.0);
    l.side = cross(e, u);
    l.knee = l.hip + (e * c + u * sqrt(max(0.0, 1.0 - c * c))) * bone.x;
    l.tip = l.hip + e * held;
    vec3 straight = (l.tip - l.knee) / lower;
    float beta = atan(bone.z * sin(bone.w), bone.y + bone.z * cos(bone.w));
    l.heel = l.knee + (straight * cos(beta) + cross(l.side, straight) * sin(beta)) * bone.y;
    return l;
}

// Place and normal of a vertex of the trunk or of a limb.
vec3 placed(vec3 p, inout vec3 n, vec4 motion) {
    if (motion.x < 1.5) {
        float rise = motion.x > 0.5 ? sway.z : 0.0;
        n = swayed(pitched(n, rise));
        return trunk.xyz + swayed(pitched(p, rise));
    }
    Leg l = leg(int(motion.x + 0.5) - 2);
    vec3 from = motion.y < 0.5 ? l.hip : (motion.y < 1.5 ? l.knee : l.heel);
    vec3 to = motion.y < 0.5 ? l.knee : (motion.y < 1.5 ? l.heel : l.tip);
    vec3 along = normalize(to - from), up = cross(l.side, along);
    n = l.side * n.x + along * n.y + up * n.z;
    return from + l.side * p.x + along * p.y + up * p.z;
}

// Where a corner of a shadow lies on the ground, and how dark it is there.
vec3 fallen(vec3 p, vec4 motion, out float dark) {
    if (motion.y > 4.5) {
        vec3 middle = trunk.xyz + swayed(vec3(0.0, motion.z, 0.0));
        dark = slant.w / (1.0 + 3.0 * max(middle.z, 0.0));
        return vec3(middle.xy + slant.xy * middle.z + p.xy * (1.0 + 2.0 * middle.z), p.z);
    }
    Leg l = leg(int(motion.x + 0.5) - 2);
    // a tip beyond an edge, or on another side, leaves nothing on this one
    float here = slant.w * (1.0 - smoothstep(0.02, 0.06, -l.tip.z));
    if (motion.y > 3.5) {
        float high = max(l.tip.z, 0.0);
        dark = here / (1.0 + 6000.0 * high * high);
        return vec3(l.tip.xy + slant.xy * high + p.xy * (1.0 + 6.0 * high), p.z);
    }
    float t = p.y;
    vec3 q = t < 1.0 ? mix(l.hip, l.knee, t)
        : (t < 2.0 ? mix(l.knee, l.heel, t - 1.0) : mix(l.heel, l.tip, t - 2.0));
    float high = max(q.z, 0.0);
    vec2 line = l.tip.xy + slant.xy * max(l.tip.z, 0.0) - l.hip.xy - slant.xy * l.hip.z;
    line /= max(length(line), 1e-5);
    dark = here * smoothstep(0.25, 1.1, t) * (0.12 + 0.88 / (1.0 + 12.0 * high));
    float wide = motion.z * (1.0 + 13.0 * high);
    return vec3(q.xy + slant.xy * high + vec2(-line.y, line.x) * (p.x * wide), p.z);
}
"""
)

SHADE = """
in vec4 paint;
in vec3 across;
out vec4 shown;
void main() {
    float k = max(0.0, 1.0 - dot(across.xy, across.xy));
    shown = vec4(0.0, 0.0, 0.0, k * k * paint.a);
}
"""
