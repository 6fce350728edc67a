"""Owns the baking of light by Cycles: sun and sky, direct and from surface to surface, denoised.

Knows neither places nor files. The sky is the runtime's own, so that what is baked and what moves
stand in the same light. Values are light on a white surface: 1 is a white wall in good light.
"""

from __future__ import annotations

import math
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np
from mathutils import Vector

from vr_runtime.stage.look.lighting import CLEAR_DAY, SUN

SEED = 1
THREADS = 2
SUN_ANGLE_DEG = 1.1


@dataclass
class Solid:
    """Faces that take part in the light."""

    corners: np.ndarray
    """(K, 4, 3) in metres."""
    colours: np.ndarray
    """(K, 3) linear, what they throw back."""


class Studio:
    """A scene in which light is baked."""

    def __init__(self) -> None:
        bpy.ops.wm.read_factory_settings(use_empty=True)
        scene = bpy.context.scene
        scene.render.engine = "CYCLES"
        scene.render.threads_mode, scene.render.threads = "FIXED", THREADS
        cycles = scene.cycles
        cycles.device, cycles.seed = "CPU", SEED
        cycles.use_adaptive_sampling = False
        cycles.max_bounces = cycles.diffuse_bounces = 3
        cycles.glossy_bounces = cycles.transmission_bounces = 0
        cycles.sample_clamp_indirect = 4.0
        cycles.caustics_reflective = cycles.caustics_refractive = False
        scene.view_settings.view_transform = "Raw"
        _sky(scene)
        _sun()

    def stand(self, name: str, solid: Solid, lit: np.ndarray | None = None) -> None:
        """Put faces into the scene; `lit` says where they lie in the picture to be baked."""
        count = len(solid.corners)
        mesh = bpy.data.meshes.new(name)
        mesh.vertices.add(4 * count)
        mesh.loops.add(4 * count)
        mesh.polygons.add(count)
        mesh.vertices.foreach_set("co", solid.corners.astype(np.float32).ravel())
        mesh.loops.foreach_set("vertex_index", np.arange(4 * count, dtype=np.int32))
        mesh.polygons.foreach_set("loop_start", 4 * np.arange(count, dtype=np.int32))
        mesh.update(calc_edges=True)
        paint = np.ones((count, 4), dtype=np.float32)
        paint[:, :3] = solid.colours
        attribute = mesh.color_attributes.new("paint", "FLOAT_COLOR", "CORNER")
        attribute.data.foreach_set("color", np.repeat(paint, 4, axis=0).ravel())
        if lit is not None:
            layer = mesh.uv_layers.new(name="light")
            layer.data.foreach_set("uv", lit.astype(np.float32).ravel())
        mesh.materials.append(_matt(name))
        thing = bpy.data.objects.new(name, mesh)
        bpy.context.collection.objects.link(thing)

    def remove(self, name: str) -> None:
        """Take faces out again."""
        bpy.data.objects.remove(bpy.data.objects[name], do_unlink=True)

    def bake(self, name: str, size: int, samples: int) -> np.ndarray:
        """The light on what was stood up as `name`, (size, size, 3), the first row the lowest."""
        began = time.monotonic()
        thing = bpy.data.objects[name]
        image = bpy.data.images.new(f"{name} light", size, size, float_buffer=True, alpha=False)
        image.colorspace_settings.name = "Linear Rec.709"
        image.generated_color = (0.0, 0.0, 0.0, 1.0)
        nodes = thing.data.materials[0].node_tree.nodes
        target = nodes.new("ShaderNodeTexImage")
        target.image = image
        nodes.active = target
        bpy.ops.object.select_all(action="DESELECT")
        thing.select_set(True)
        bpy.context.view_layer.objects.active = thing
        bpy.context.scene.cycles.samples = samples
        bpy.ops.object.bake(
            type="DIFFUSE", pass_filter={"DIRECT", "INDIRECT"}, margin=0, use_clear=True
        )
        pixels = np.empty(size * size * 4, dtype=np.float32)
        image.pixels.foreach_get(pixels)
        bpy.data.images.remove(image)
        print(
            f"    baked {name} {size} x {size}, {samples} samples: "
            f"{time.monotonic() - began:.0f} s",
            flush=True,
        )
        light = pixels.reshape(size, size, 4)[..., :3]
        return np.nan_to_num(light, nan=0.0, posinf=4.0, neginf=0.0)


def _matt(name: str) -> bpy.types.Material:
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    tree = material.node_tree
    tree.nodes.clear()
    paint = tree.nodes.new("ShaderNodeVertexColor")
    paint.layer_name = "paint"
    matt = tree.nodes.new("ShaderNodeBsdfDiffuse")
    out = tree.nodes.new("ShaderNodeOutputMaterial")
    tree.links.new(paint.outputs["Color"], matt.inputs["Color"])
    tree.links.new(matt.outputs["BSDF"], out.inputs["Surface"])
    return material


def _sky(scene: bpy.types.Scene) -> None:
    """The runtime's sky: `heaven` of its shaders, without the sun's glow."""
    world = bpy.data.worlds.new("sky")
    scene.world = world
    world.use_nodes = True
    tree = world.node_tree
    tree.nodes.clear()
    place = tree.nodes.new("ShaderNodeTexCoord")
    parts = tree.nodes.new("ShaderNodeSeparateXYZ")
    ramp = tree.nodes.new("ShaderNodeValToRGB")
    shift = tree.nodes.new("ShaderNodeMapRange")
    shift.inputs["From Min"].default_value, shift.inputs["From Max"].default_value = -1.0, 1.0
    back = tree.nodes.new("ShaderNodeBackground")
    out = tree.nodes.new("ShaderNodeOutputWorld")
    link = tree.links.new
    link(place.outputs["Generated"], parts.inputs["Vector"])
    link(parts.outputs["Z"], shift.inputs["Value"])
    link(shift.outputs["Result"], ramp.inputs["Fac"])
    link(ramp.outputs["Color"], back.inputs["Color"])
    link(back.outputs["Background"], out.inputs["Surface"])
    ground, horizon, zenith = map(
        np.asarray, (CLEAR_DAY.ground, CLEAR_DAY.horizon, CLEAR_DAY.zenith)
    )
    stops = ramp.color_ramp.elements
    stops[0].position, stops[0].color = 0.499, (*ground, 1.0)
    stops[1].position, stops[1].color = 0.501, (*horizon, 1.0)
    for up in (0.06, 0.2, 0.45, 0.75, 1.0):
        part = min(1.0, math.sqrt(up) * (1.3 - 0.3 * up))
        # clouds keep a part of every sky white: the blue of a clear zenith alone would tint shade
        blue = horizon + (zenith - horizon) * 0.8 * part
        stop = stops.new(0.5 + 0.5 * up)
        stop.color = (*blue, 1.0)


def _sun() -> None:
    lamp = bpy.data.lights.new("sun", "SUN")
    strongest = max(CLEAR_DAY.sun)
    lamp.energy = math.pi * strongest
    lamp.color = tuple(part / strongest for part in CLEAR_DAY.sun)
    lamp.angle = math.radians(SUN_ANGLE_DEG)
    thing = bpy.data.objects.new("sun", lamp)
    thing.rotation_euler = Vector(SUN).to_track_quat("Z", "Y").to_euler()
    bpy.context.collection.objects.link(thing)


def denoised(light: np.ndarray) -> np.ndarray:
    """The light without its grain, by Open Image Denoise.

    A bake pays no heed to Cycles' own denoiser: this goes through the compositor of a scene that
    draws nothing.
    """
    size = light.shape[0]
    with tempfile.TemporaryDirectory() as folder:
        pixels = np.ones((size, size, 4), dtype=np.float32)
        pixels[..., :3] = light
        grainy = bpy.data.images.new("grainy", size, size, float_buffer=True)
        grainy.colorspace_settings.name = "Linear Rec.709"
        grainy.pixels.foreach_set(pixels.ravel())
        grainy.file_format = "OPEN_EXR"
        grainy.filepath_raw = str(Path(folder) / "grainy.exr")
        grainy.save()
        scene = bpy.data.scenes.new("denoise")
        eye = bpy.data.objects.new("eye", bpy.data.cameras.new("eye"))
        scene.collection.objects.link(eye)
        scene.camera = eye
        scene.render.engine = "CYCLES"
        scene.cycles.samples = 1
        scene.cycles.use_denoising = False
        scene.render.resolution_x = scene.render.resolution_y = size
        scene.render.resolution_percentage = 100
        scene.view_settings.view_transform = "Raw"
        tree = bpy.data.node_groups.new("denoise", "CompositorNodeTree")
        tree.interface.new_socket("Image", in_out="OUTPUT", socket_type="NodeSocketColor")
        source = tree.nodes.new("CompositorNodeImage")
        source.image = bpy.data.images.load(grainy.filepath_raw)
        clean = tree.nodes.new("CompositorNodeDenoise")
        out = tree.nodes.new("NodeGroupOutput")
        tree.links.new(source.outputs[0], clean.inputs[0])
        tree.links.new(clean.outputs[0], out.inputs[0])
        scene.compositing_node_group = tree
        scene.render.use_compositing = True
        scene.render.image_settings.file_format = "OPEN_EXR"
        scene.render.image_settings.color_depth = "32"
        scene.render.filepath = str(Path(folder) / "clean.exr")
        bpy.ops.render.render(write_still=True, scene=scene.name)
        made = bpy.data.images.load(scene.render.filepath)
        back = np.empty(size * size * 4, dtype=np.float32)
        made.pixels.foreach_get(back)
        bpy.data.scenes.remove(scene)
        for image in (grainy, source.image if source else None, made):
            if image is not None:
                bpy.data.images.remove(image)
        bpy.data.node_groups.remove(tree)
    return np.maximum(back.reshape(size, size, 4)[..., :3], 0.0)
