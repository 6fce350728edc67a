"""Owns falling rain: streaks in a room of air that goes with whoever looks.

Each streak keeps its place in the world while the eye moves; one that leaves the room of air comes
in again on the other side.
"""

from __future__ import annotations

VERTEX = """
uniform mat4 p3d_ViewMatrix;
uniform mat4 p3d_ViewMatrixInverse;
uniform mat4 p3d_ProjectionMatrix;
uniform vec4 hour;
uniform vec4 fallen;           // m that rain has been carried since it began; w = slant, m per m
in vec4 p3d_Vertex;            // where in the room, 0 to 1 each
in vec3 p3d_MultiTexCoord0;    // side -1 or 1, end 0 or 1, its own chance
out float part;
out vec2 within;
const vec3 ROOM = vec3(16.0, 16.0, 10.0);
void main() {
    float own = p3d_MultiTexCoord0.z;
    vec3 eye = p3d_ViewMatrixInverse[3].xyz;
    vec3 p = p3d_Vertex.xyz * ROOM + fallen.xyz * (0.85 + 0.3 * own);
    p = mod(p - eye, ROOM) - 0.5 * ROOM;
    float far = length(p.xy);
    vec3 along = normalize(vec3(fallen.w, 0.3 * fallen.w, -1.0));
    vec3 side = normalize(cross(along, p));
    float thick = max(0.0028, 0.0011 * far);
    float drawn = step(own, 0.06 + 0.94 * hour.w) * step(0.01, hour.w) * step(0.9, far);
    p += (side * (p3d_MultiTexCoord0.x * thick)
        + along * ((p3d_MultiTexCoord0.y - 0.5) * (0.22 + 0.30 * hour.w))) * drawn;
    // the nearest and the farthest are faint, so that none comes or goes at once
    part = smoothstep(0.9, 2.2, far) * smoothstep(8.0, 5.5, far)
        * smoothstep(5.0, 3.6, abs(p.z)) * min(1.0, 0.0030 / thick + 0.25);
    within = p3d_MultiTexCoord0.xy;
    gl_Position = p3d_ProjectionMatrix * (p3d_ViewMatrix * vec4(p + eye, 1.0));
}
"""

FRAGMENT = """
in float part;
in vec2 within;
out vec4 shown;
void main() {
    float soft = (1.0 - abs(within.x)) * (1.0 - abs(2.0 * within.y - 1.0));
    vec3 c = sky_horizon * 1.15 + sky_zenith * 0.35 + STREETLIGHT * (0.10 * hour.x);
    shown = vec4(displayed(c), 1.15 * part * soft * smoothstep(0.0, 0.12, hour.w));
}
"""
