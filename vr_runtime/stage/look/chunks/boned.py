"""Owns how a vertex goes with the bones of a skeleton that bends; knows no animal.

`motion` of a vertex: x three numbers of bones as a + 64 b + 4096 c, y and z how much it goes with b
and c (the rest with a), w how much it shines. Bones come as three rows each, from where they rest
to where they are. Of a spot of shadow the vertex is the joint that throws it, its normal tells the
corner, and x is one bone.
"""

from __future__ import annotations

MOST_BONES = 32
VERTEX = (
    f"""
uniform vec4 skeleton[{3 * MOST_BONES}];
"""
    + """
uniform vec4 slant;             // how far a shadow falls aside for each unit of height; a: 0 none

vec3 on_bone(float bone, vec4 p) {
    int i = 3 * int(bone + 0.5);
    return vec3(dot(skeleton[i], p), dot(skeleton[i + 1], p), dot(skeleton[i + 2], p));
}

vec3 borne(vec4 told, vec4 p) {
    float c = floor(told.x / 4096.0), b = floor((told.x - 4096.0 * c) / 64.0);
    float a = told.x - 4096.0 * c - 64.0 * b;
    vec3 out_of = on_bone(a, p) * (1.0 - told.y - told.z);
    if (told.y > 0.0) out_of += on_bone(b, p) * told.y;
    if (told.z > 0.0) out_of += on_bone(c, p) * told.z;
    return out_of;
}

// Where a corner of a spot lies on the ground, and how dark it is there.
vec3 thrown(vec3 joint, vec3 corner, float bone, out float dark) {
    vec3 q = on_bone(bone, vec4(joint, 1.0));
    float high = max(q.z, 0.0);
    dark = slant.w / (1.0 + 2.2 * high);
    return vec3(q.xy + 0.35 * slant.xy * high + corner.xy * (0.9 + 0.5 * high), corner.z);
}
"""
)
