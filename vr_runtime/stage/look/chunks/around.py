"""Owns a picture all around: it is as far away as the sky, and shown as its file has it.

No light falls on it and no tone is changed. Where a direction lies in the picture is reckoned for
each point, so that nothing is bent between corners and nothing is pinched at the poles.
"""

from __future__ import annotations

VERTEX = """
uniform mat4 p3d_ModelViewMatrix;
uniform mat4 p3d_ProjectionMatrix;
in vec4 p3d_Vertex;
out vec3 direction;
void main() {
    direction = p3d_Vertex.xyz;
    vec4 p = p3d_ProjectionMatrix * vec4(mat3(p3d_ModelViewMatrix) * p3d_Vertex.xyz, 1.0);
    gl_Position = vec4(p.xy, p.w * 0.999998, p.w);   // before the sky, behind all else
}
"""

FRAGMENT = """
#ifdef FILM_AROUND
uniform sampler2D film;
#else
uniform sampler2D tile;
uniform vec4 part;             // its middle, in turns and half turns; one over what it covers
#endif
in vec3 direction;
out vec4 shown;
void main() {
    vec3 d = normalize(direction);
    float right = atan(d.x, d.y) / 6.2831853;          // turns from the middle of the picture
    float up = atan(d.z, length(d.xy)) / 3.1415927;    // half turns from the horizon
#ifdef FILM_AROUND
    shown = vec4(textureLod(film, vec2(right, up) + 0.5, 0.0).rgb, 1.0);
#else
    vec2 t = vec2(fract(right - part.x + 0.5) - 0.5, up - part.y) * part.zw + 0.5;
    shown = vec4(texture(tile, t).rgb, 1.0);
#endif
}
"""
