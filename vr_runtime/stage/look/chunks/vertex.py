"""Owns where a vertex comes to stand: wind, traffic, joints, and what the light needs of it."""

from __future__ import annotations

VERTEX = """
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform mat4 p3d_ModelMatrix;
uniform vec4 moment;           // s passed, phase of the wind, strength of the wind, clouds
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec4 p3d_Color;
in vec3 p3d_MultiTexCoord0;
#if defined(FOLIAGE) || defined(CLOTH) || defined(TRAFFIC) || defined(SWAY) || defined(LIMBED) \\
    || defined(BONED) || defined(FALLING) || defined(DIMMED)
in vec4 motion;
#endif
#ifdef DIMMED
uniform float burning;         // how much of its own light is left, 0 to 1
#endif
#if defined(TRAFFIC) || defined(FALLING)
uniform float track;           // m after which what travels or falls begins again
#endif
#if !defined(LAYERED) && !defined(OWN)
uniform float metres;
#endif
#ifdef SKINNED
uniform mat4 p3d_TransformTable[100];
in vec4 transform_weight;
in uvec4 transform_index;
#endif
#ifdef FOLIAGE
uniform float leafage;         // share of the leaves that is drawn, 0 to 1
#endif
#ifdef BAKED
in vec2 lightmap;              // where its light lies in the picture of baked light
out vec2 lit;
#endif
out vec3 place;                // in the world
out vec3 stood;                // in the model, for its map of shadows
out vec3 facing;
out vec4 paint;                // rgb as displayed, a = openness to the sky
out vec3 across;               // texture coordinates, z = picture
#if defined(LIMBED) || defined(BONED)
out float sheen;               // how much it shines, 0 to 1
#endif

void main() {
    vec4 v = p3d_Vertex;
    vec3 n = p3d_Normal;
#ifdef SKINNED
    mat4 posed = p3d_TransformTable[transform_index.x] * transform_weight.x
        + p3d_TransformTable[transform_index.y] * transform_weight.y
        + p3d_TransformTable[transform_index.z] * transform_weight.z
        + p3d_TransformTable[transform_index.w] * transform_weight.w;
    v = posed * v;
    n = normalize(mat3(posed) * n);
#endif
#ifdef FOLIAGE
    // motion: x how far it bends, y its own phase, z how much it trembles
    float gust = 0.55 + 0.45 * sin(moment.y * 0.7 + motion.y + 0.05 * v.x);
    float tremble = sin(moment.y * 5.1 + motion.y * 7.0 + v.z * 2.3);
    v.x += moment.z * (motion.x * gust + motion.z * tremble);
    v.y += moment.z * (0.6 * motion.x * gust + motion.z * sin(moment.y * 4.3 + motion.y * 5.0));
    // where a leaf is left out all its corners fall together, and nothing of it is filled
    if (fract(motion.y * 7.31) > leafage) v.xyz = vec3(0.0);
#endif
#ifdef SWAY
    // motion: x how far it goes to either side in a storm, in m; y its own phase
    float gentle = 0.7 * sin(moment.y * 1.1 + motion.y)
        + 0.3 * sin(moment.y * 2.3 + 1.7 * motion.y);
    v.x += min(moment.z + 0.12, 1.0) * motion.x * gentle;
#endif
#ifdef CLOTH
    // motion: x distance from the pole in m, y phase, z 0 at the pole to 1 at the free end
    float blow = clamp(moment.z * 1.6, 0.06, 1.0);
    float wave = motion.x * 5.0 - moment.y * 5.5 + motion.y;
    float swing = sin(wave) * 0.20 * motion.z * (0.35 + blow);
    // it turns about its pole: a calm lets it hang straight down, in folds along the pole
    float lift = blow * (2.0 - blow) * 1.5708;
    float fold = (1.0 - blow) * motion.z * sin(motion.y * 7.0 + 0.8 * motion.x);
    n = normalize(mix(vec3(1.0, 0.0, 0.0), n, sin(lift))
        + vec3(-0.8 * motion.z * cos(wave) * (0.35 + blow), 0.9 * fold, 0.0));
    v.x += motion.x * (sin(lift) - 1.0) + 0.07 * fold;
    v.y += swing * sin(lift);
    v.z -= motion.x * cos(lift);
#endif
#ifdef TRAFFIC
    // motion: x, y direction and speed in m/s, z start in m, w the limb of what walks
    float speed = length(motion.xy);
    float gone = mod(motion.z + speed * moment.x, track);
    vec2 along = motion.xy / max(speed, 1e-4);  // what stands has no speed
    v.xy += along * (gone - 0.5 * track);
#ifdef WALKING
    // what walks shows no picture: its coordinates tell where on the body it is, forwards and up,
    // and how tall the body is
    vec3 body = p3d_MultiTexCoord0;
    vec2 turned = vec2(dot(n.xy, along), n.z);
    vec2 before = turned;
    float part = (motion.z + speed * moment.x) / (STRIDE * max(body.z, 0.1));
    vec2 went = body.z * (walked(body.xy, turned, motion.w, part) - body.xy);
    v.xy += along * went.x;
    v.z += went.y;
    n.xy += along * (turned.x - before.x);
    n.z = turned.y;
#endif
#endif
#ifdef FALLING
    // motion: x how fast it falls in m/s, y how far it has fallen at the start in m, z by how
    // many metres it halts and hurries, w how often, as an angle each second
    float halting = motion.z * sin(motion.w * moment.x + 7.0 * motion.y);
    v.z += track - mod(motion.y + motion.x * moment.x + halting, track);
#endif
#ifdef LIMBED
    float dark = 1.0;
    if (motion.y > 2.5) {
        v.xyz = fallen(v.xyz, motion, dark);
        sheen = 0.0;
    } else {
        v.xyz = placed(v.xyz, n, motion);
        sheen = motion.z;
    }
#endif
#ifdef BONED
    float dark = 1.0;
#ifdef THROWN
    v.xyz = thrown(v.xyz, n, motion.x, dark);
    n = vec3(0.0, 0.0, 1.0);
    sheen = 0.0;
#else
    v.xyz = borne(motion, v);
    n = borne(motion, vec4(n, 0.0));
    sheen = motion.w;
#endif
#endif
    vec4 w = p3d_ModelMatrix * v;
    place = w.xyz;
#ifdef MOVER
    stood = w.xyz;             // what moves asks the ground of the place how light it is there
#else
    stood = v.xyz;
#endif
    facing = mat3(p3d_ModelMatrix) * n;
#ifdef DIMMED
    // motion: colour and openness in the other light
    paint = mix(motion, p3d_Color, burning);
#else
    paint = p3d_Color;
#endif
#if defined(LIMBED) || defined(BONED)
    paint.a *= dark;
#endif
#ifdef BAKED
    lit = lightmap;
#endif
#if defined(WALKING)
    across = vec3(0.0, 0.0, PLAIN);
#elif defined(LAYERED) || defined(OWN)
    across = p3d_MultiTexCoord0;
#else
    vec3 size = vec3(length(p3d_ModelMatrix[0].xyz), length(p3d_ModelMatrix[1].xyz),
                     length(p3d_ModelMatrix[2].xyz));
    vec3 m = p3d_Vertex.xyz * size / metres;  // in its rest: a picture does not swim on what bends
    vec3 a = abs(p3d_Normal);
    across.xy = a.z > max(a.x, a.y) ? m.xy : (a.x > a.y ? m.yz : m.xz);
    across.z = 0.0;
#endif
    gl_Position = p3d_ModelViewProjectionMatrix * v;
}
"""
