"""Blender side: makes objects of fitted meshes, drapes cloth, and builds and photographs the studio."""
import math
import os
import shutil
import tempfile

import bpy
import numpy as np

import denoise
from materials import Nodes

METRES = 0.1


def to_blender(points):
    """MakeHuman (dm, y up) to Blender (m, z up, viewer at -y)."""
    return np.stack([points[:, 0], -points[:, 2], points[:, 1]], axis=1) * METRES


def add_mesh(name, points, mesh, keep, materials, subdivide=1, slots=None):
    """Adds the kept faces of `mesh` at `points` as a smooth, subdivided object."""
    faces = [face for face, kept in zip(mesh.faces, keep) if kept]
    face_uvs = [uvs for uvs, kept in zip(mesh.face_uvs, keep) if kept]
    used = np.unique(np.concatenate([np.asarray(face) for face in faces]))
    place = np.full(len(points), -1)
    place[used] = np.arange(len(used))
    data = bpy.data.meshes.new(name)
    data.from_pydata(to_blender(points[used]).tolist(), [], [[int(place[v]) for v in face] for face in faces])
    layer = data.uv_layers.new(name="UVMap")
    flat = mesh.uvs[np.concatenate([np.asarray(uvs) for uvs in face_uvs])].reshape(-1)
    layer.data.foreach_set("uv", flat.astype(np.float32))
    for material in materials:
        data.materials.append(material)
    data.polygons.foreach_set("use_smooth", [True] * len(faces))
    if slots is not None:
        kept_slots = [int(slot) for slot, kept in zip(slots, keep) if kept]
        data.polygons.foreach_set("material_index", kept_slots)
    data.update()
    item = bpy.data.objects.new(name, data)
    bpy.context.scene.collection.objects.link(item)
    if subdivide:
        modifier = item.modifiers.new("subdivide", "SUBSURF")
        modifier.levels = modifier.render_levels = subdivide
    return item


def backdrop(colour):
    """A seamless paper roll: floor, a wide curve, wall."""
    profile = [(-4.0, 0.0)]
    radius, back = 1.2, 2.6
    for step in range(17):
        angle = math.pi / 2 * step / 16
        profile.append((back - radius + radius * math.sin(angle), radius - radius * math.cos(angle)))
    profile.append((back, 6.0))
    points = [(x, y, z) for y, z in profile for x in (-6.0, 6.0)]
    faces = [(2 * i, 2 * i + 1, 2 * i + 3, 2 * i + 2) for i in range(len(profile) - 1)]
    data = bpy.data.meshes.new("backdrop")
    data.from_pydata(points, [], faces)
    data.polygons.foreach_set("use_smooth", [True] * len(faces))
    nodes = Nodes("paper")
    nodes.set(Roughness=0.95, Specular=0.05)
    plain = nodes.add("ShaderNodeRGB")
    plain.outputs[0].default_value = (*colour, 1)
    cloudy = nodes.multiply(plain.outputs["Color"], nodes.ramp(nodes.noise(0.7, 4), 0.8, 1.2))
    nodes.link(cloudy, nodes.surface.inputs["Base Color"])
    data.materials.append(nodes.material)
    bpy.context.scene.collection.objects.link(bpy.data.objects.new("backdrop", data))


def area_light(name, place, aim, size, power, colour=(1, 1, 1)):
    data = bpy.data.lights.new(name, "AREA")
    data.shape, data.size, data.energy, data.color = "DISK", size, power, colour
    item = bpy.data.objects.new(name, data)
    item.location = place
    point_at(item, aim)
    bpy.context.scene.collection.objects.link(item)


def collider(name, points, faces):
    """An unseen copy of a body or garment for draped cloth to rest on."""
    used = np.unique(np.concatenate([np.asarray(face) for face in faces]))
    place = np.full(len(points), -1)
    place[used] = np.arange(len(used))
    data = bpy.data.meshes.new(name)
    data.from_pydata(to_blender(points[used]).tolist(), [], [[int(place[v]) for v in face] for face in faces])
    item = bpy.data.objects.new(name, data)
    item.hide_render = True
    bpy.context.scene.collection.objects.link(item)
    item.modifiers.new("collision", "COLLISION")
    item.collision.thickness_outer = 0.004
    item.collision.thickness_inner = 0.02
    item.collision.cloth_friction = 8


def drape(item, pinned, tight, look):
    """Lets the garment fall as cloth that is a little too large, so that it gets real folds.

    `pinned` holds vertices in place, `tight` keeps them at their size (both: list of vertex and share).
    """
    for name, members in (("held", pinned), ("tight", tight)):
        group = item.vertex_groups.new(name=name)
        for vertex, share in members:
            group.add([vertex], share, "REPLACE")
    cloth = item.modifiers.new("cloth", "CLOTH")
    settings = cloth.settings
    settings.quality, settings.mass, settings.air_damping = 6, 0.25, 3
    settings.tension_stiffness = settings.compression_stiffness = 18
    settings.shear_stiffness, settings.bending_stiffness = 8, look.get("stiff", 0.12)
    settings.shrink_min, settings.shrink_max = -look.get("loose", 0.08), 0
    settings.vertex_group_shrink = "tight"
    settings.vertex_group_mass = "held"
    settings.pin_stiffness = 1
    cloth.collision_settings.distance_min = 0.004
    cloth.collision_settings.collision_quality = 3
    cloth.collision_settings.use_self_collision = False
    cloth.point_cache.frame_start, cloth.point_cache.frame_end = 1, look.get("frames", 60)


def settle(frames):
    scene = bpy.context.scene
    scene.frame_start, scene.frame_end = 1, frames
    for frame in range(1, frames + 1):
        scene.frame_set(frame)


def point_at(item, aim):
    from mathutils import Vector
    item.rotation_euler = (Vector(aim) - Vector(item.location)).to_track_quat("-Z", "Y").to_euler()


def lights(setup):
    side = setup.get("side", -1)
    strength = setup.get("strength", 1.0)
    area_light("key", (1.9 * side, -2.1, 2.5), (0, 0, 1.2), 1.1, 170 * strength, (1.0, 0.95, 0.89))
    area_light("fill", (-2.3 * side, -2.2, 1.5), (0, 0, 1.1), 1.8, 26 * strength, (0.9, 0.95, 1.0))
    area_light("rim", (-1.5 * side, 1.6, 2.4), (0, 0, 1.3), 0.7, 60 * strength)
    area_light("glow", (0.6 * side, 1.0, 0.6), (0.1, 2.6, 1.5), 0.8, 30 * strength)
    world = bpy.data.worlds.new("room")
    world.use_nodes = True
    world.node_tree.nodes["Background"].inputs["Color"].default_value = (0.9, 0.95, 1, 1)
    world.node_tree.nodes["Background"].inputs["Strength"].default_value = 0.14 * strength
    bpy.context.scene.world = world


def camera(frame, top, floor):
    """Frames from above the head down to `frame['to']` (share of body height), seen from `frame['from']` (m)."""
    height = top - floor
    low = floor + height * frame["to"]
    high = top + height * frame.get("head_room", 0.07)
    middle, span = (low + high) / 2, high - low
    data = bpy.data.cameras.new("camera")
    data.sensor_fit, data.sensor_height, data.lens = "VERTICAL", 36, 85
    distance = span / (data.sensor_height / data.lens)
    item = bpy.data.objects.new("camera", data)
    item.location = (frame.get("shift", 0.0), -distance, middle + frame.get("raise", 0.05))
    point_at(item, (frame.get("shift", 0.0), 0, middle))
    data.dof.use_dof = True
    data.dof.focus_distance = distance - 0.1
    data.dof.aperture_fstop = 2.2
    bpy.context.scene.collection.objects.link(item)
    bpy.context.scene.camera = item


def render(path, size, samples, threads):
    """Renders, removes the sampling noise and writes a PNG with a photographic tone curve and a little grain."""
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    cycles = scene.cycles
    cycles.device, cycles.samples, cycles.use_denoising = "CPU", samples, False
    cycles.use_adaptive_sampling = False
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 6, 3, 2
    cycles.transparent_max_bounces = 24
    cycles.sample_clamp_indirect = 4
    scene.render.threads_mode, scene.render.threads = "FIXED", threads
    scene.render.resolution_x, scene.render.resolution_y = size
    scene.render.resolution_percentage = 100
    scene.view_settings.view_transform = "Filmic"
    scene.view_settings.look = "Medium High Contrast"
    folder = tempfile.mkdtemp(prefix="people-")
    write_passes(folder)
    bpy.ops.render.render()
    passes = {name: read_pass(folder, name) for name in ("Image", "DiffCol", "Normal", "Depth")}
    shutil.rmtree(folder)
    clean = denoise.filtered(passes["Image"], passes["DiffCol"], passes["Normal"], passes["Depth"][..., 0])
    save_photo(path, denoise.grain(clean))


def write_passes(folder):
    scene = bpy.context.scene
    layer = bpy.context.view_layer
    layer.use_pass_diffuse_color = layer.use_pass_normal = layer.use_pass_z = True
    scene.use_nodes = True
    tree = scene.node_tree
    tree.nodes.clear()
    source = tree.nodes.new("CompositorNodeRLayers")
    target = tree.nodes.new("CompositorNodeOutputFile")
    target.base_path = folder
    target.format.file_format, target.format.color_depth = "OPEN_EXR", "32"
    target.file_slots.clear()
    for name in ("Image", "DiffCol", "Normal", "Depth"):
        target.file_slots.new(name)
        tree.links.new(source.outputs[name], target.inputs[name])


def read_pass(folder, name):
    file = next(entry for entry in os.listdir(folder) if entry.startswith(name))
    picture = bpy.data.images.load(os.path.join(folder, file))
    picture.colorspace_settings.name = "Linear"
    width, height = picture.size
    values = np.empty(width * height * 4, dtype=np.float32)
    picture.pixels.foreach_get(values)
    bpy.data.images.remove(picture)
    return values.reshape(height, width, 4)[..., :3]


def save_photo(path, pixels):
    height, width, _ = pixels.shape
    picture = bpy.data.images.new("photo", width, height, float_buffer=True)
    opaque = np.ones((height, width, 4), dtype=np.float32)
    opaque[..., :3] = pixels
    picture.pixels.foreach_set(opaque.reshape(-1))
    scene = bpy.context.scene
    scene.render.image_settings.file_format = "PNG"
    scene.render.image_settings.color_mode = "RGB"
    picture.save_render(path, scene=scene)
