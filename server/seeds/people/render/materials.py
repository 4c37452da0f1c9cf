"""Photo-like surfaces for Blender: skin, eyes, brows, hair and cloth, built from MakeHuman's textures and noise."""
import bpy


class Nodes:
    """Short-hand for building a material's node tree."""

    def __init__(self, name):
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.surface = self.tree.nodes["Principled BSDF"]

    def add(self, kind, **values):
        node = self.tree.nodes.new(kind)
        for key, value in values.items():
            if key in node.inputs:
                node.inputs[key].default_value = value
            else:
                setattr(node, key, value)
        return node

    def link(self, source, target):
        self.tree.links.new(source, target)

    def image(self, path, data=False):
        picture = bpy.data.images.load(path, check_existing=True)
        if data:
            picture.colorspace_settings.name = "Non-Color"
        return self.add("ShaderNodeTexImage", image=picture, interpolation="Cubic")

    def noise(self, scale, detail=4.0, stretch=(1, 1, 1)):
        where = self.add("ShaderNodeTexCoord")
        mapping = self.add("ShaderNodeMapping")
        mapping.inputs["Scale"].default_value = stretch
        self.link(where.outputs["Object"], mapping.inputs["Vector"])
        node = self.add("ShaderNodeTexNoise", Scale=scale, Detail=detail)
        self.link(mapping.outputs["Vector"], node.inputs["Vector"])
        return node.outputs["Fac"]

    def multiply(self, first, second, amount=1.0):
        node = self.add("ShaderNodeMixRGB", blend_type="MULTIPLY", Fac=amount)
        self.link(first, node.inputs["Color1"])
        if isinstance(second, tuple):
            node.inputs["Color2"].default_value = (*second, 1)
        else:
            self.link(second, node.inputs["Color2"])
        return node.outputs["Color"]

    def ramp(self, value, low, high):
        node = self.add("ShaderNodeMapRange")
        node.inputs["To Min"].default_value = low
        node.inputs["To Max"].default_value = high
        self.link(value, node.inputs["Value"])
        return node.outputs["Result"]

    def bump(self, height, strength, distance, normal=None):
        node = self.add("ShaderNodeBump", Strength=strength, Distance=distance)
        self.link(height, node.inputs["Height"])
        if normal is not None:
            self.link(normal, node.inputs["Normal"])
        return node.outputs["Normal"]

    def set(self, **values):
        for key, value in values.items():
            self.surface.inputs[key.replace("_", " ")].default_value = value


def skin_material(path, tint):
    nodes = Nodes("skin")
    colour = nodes.multiply(nodes.image(path).outputs["Color"], tint)
    mottled = nodes.ramp(nodes.noise(38, 6), 0.93, 1.07)
    colour = nodes.multiply(colour, mottled)
    nodes.link(colour, nodes.surface.inputs["Base Color"])
    nodes.link(colour, nodes.surface.inputs["Subsurface Color"])
    nodes.set(Subsurface=0.10, Specular=0.32)
    nodes.surface.inputs["Subsurface Radius"].default_value = (0.012, 0.005, 0.003)
    nodes.link(nodes.ramp(nodes.noise(60), 0.42, 0.62), nodes.surface.inputs["Roughness"])
    pores = nodes.bump(nodes.noise(450, 3), 0.05, 0.0005)
    nodes.link(nodes.bump(nodes.noise(90, 3), 0.05, 0.002, pores), nodes.surface.inputs["Normal"])
    return nodes.material


def textured_material(name, path, tint=(1, 1, 1), roughness=0.5, specular=0.3):
    nodes = Nodes(name)
    picture = nodes.image(path)
    nodes.link(nodes.multiply(picture.outputs["Color"], tint), nodes.surface.inputs["Base Color"])
    nodes.link(picture.outputs["Alpha"], nodes.surface.inputs["Alpha"])
    nodes.set(Roughness=roughness, Specular=specular)
    return nodes.material


def hair_material(path, colour):
    """Recolours a hair texture: its brightness drives a range around `colour`, its alpha is kept."""
    nodes = Nodes("hair")
    picture = nodes.image(path)
    grey = nodes.add("ShaderNodeRGBToBW")
    nodes.link(picture.outputs["Color"], grey.inputs["Color"])
    ramp = nodes.add("ShaderNodeValToRGB")
    ramp.color_ramp.elements[0].color = (*[channel * 0.35 for channel in colour], 1)
    ramp.color_ramp.elements[0].position = 0.0
    ramp.color_ramp.elements[1].color = (*[min(1, channel * 1.9) for channel in colour], 1)
    ramp.color_ramp.elements[1].position = 0.45
    nodes.link(grey.outputs["Val"], ramp.inputs["Fac"])
    nodes.link(ramp.outputs["Color"], nodes.surface.inputs["Base Color"])
    nodes.link(picture.outputs["Alpha"], nodes.surface.inputs["Alpha"])
    nodes.set(Roughness=0.6, Specular=0.2, Anisotropic=0.5)
    nodes.link(nodes.bump(grey.outputs["Val"], 0.5, 0.004), nodes.surface.inputs["Normal"])
    return nodes.material


def fabric_material(garment, look):
    """Cloth: own colour or the garment's texture, its wrinkle map, drawn-out folds, weave and worn variation."""
    nodes = Nodes("fabric")
    if look.get("texture"):
        colour = nodes.image(garment.texture("mapDiffuse")).outputs["Color"]
        colour = nodes.multiply(colour, tuple(look.get("tint", (1, 1, 1))))
    else:
        plain = nodes.add("ShaderNodeRGB")
        plain.outputs[0].default_value = (*look["colour"], 1)
        colour = plain.outputs["Color"]
    colour = nodes.multiply(colour, nodes.ramp(nodes.noise(14, 5), 0.86, 1.12))
    colour = nodes.multiply(colour, nodes.ramp(nodes.noise(420, 2), 0.72, 1.24))
    shade = garment.texture("mapAO")
    if shade:
        colour = nodes.multiply(colour, nodes.image(shade, data=True).outputs["Color"], look.get("shade", 0.35))
    nodes.link(colour, nodes.surface.inputs["Base Color"])
    normal = None
    wrinkles = garment.texture("mapNormal")
    if wrinkles:
        node = nodes.add("ShaderNodeNormalMap", Strength=look.get("wrinkles", 1.6))
        nodes.link(nodes.image(wrinkles, data=True).outputs["Color"], node.inputs["Color"])
        normal = node.outputs["Normal"]
    folds = nodes.noise(4.5, 2.5, look.get("fold_stretch", (1.6, 1.6, 0.7)))
    normal = nodes.bump(folds, look.get("folds", 0.55), 0.05, normal)
    normal = nodes.bump(nodes.noise(900, 2), 0.25, 0.0008, normal)
    nodes.link(normal, nodes.surface.inputs["Normal"])
    nodes.set(Roughness=look.get("roughness", 0.85), Specular=0.18, Sheen=look.get("sheen", 0.35))
    return nodes.material
