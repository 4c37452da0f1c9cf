"""Removes path-tracing noise where Blender has no denoiser built in (Debian's has none), and adds film grain.

The light (picture divided by surface colour) is averaged over neighbours that have alike colour, normal and depth;
the surface colour with its texture is multiplied back untouched.
"""
import numpy as np

RADIUS = 5
SPREAD = 2.6


def filtered(picture, albedo, normal, depth):
    surface = np.maximum(albedo, 0.02)
    light = picture / surface
    # Single very bright samples would smear: cap them at the brightest of the calmer neighbours.
    cap = 3 * box(np.minimum(light, np.median(light) * 12), 2) + 0.02
    light = np.minimum(light, cap)
    depth = np.minimum(depth, 100)[..., None]
    total = np.zeros_like(light)
    weights = np.zeros(light.shape[:2] + (1,), dtype=np.float32)
    for dy in range(-RADIUS, RADIUS + 1):
        for dx in range(-RADIUS, RADIUS + 1):
            near = np.exp(-(dx * dx + dy * dy) / (2 * SPREAD * SPREAD))
            cost = ((shift(normal, dx, dy) - normal) ** 2).sum(-1, keepdims=True) / 0.06
            cost += ((shift(albedo, dx, dy) - albedo) ** 2).sum(-1, keepdims=True) / 0.02
            cost += (shift(depth, dx, dy) - depth) ** 2 / 0.0009
            weight = (near * np.exp(-cost)).astype(np.float32)
            total += shift(light, dx, dy) * weight
            weights += weight
    return total / weights * surface


def grain(picture, amount=0.018):
    """Grain as on film: proportional to the square root of the light, slightly soft."""
    noise = np.random.default_rng(7).normal(0, 1, picture.shape[:2] + (1,)).astype(np.float32)
    noise = (noise + 0.5 * shift(noise, 1, 0) + 0.5 * shift(noise, 0, 1)) / 1.5
    return np.maximum(picture + amount * noise * np.sqrt(np.maximum(picture, 0)), 0)


def shift(values, dx, dy):
    """The values moved by (dx, dy), edges repeated."""
    height, width = values.shape[:2]
    rows = np.clip(np.arange(height) + dy, 0, height - 1)
    columns = np.clip(np.arange(width) + dx, 0, width - 1)
    return values[rows][:, columns]


def box(values, radius):
    total = np.zeros_like(values)
    for dy in range(-radius, radius + 1):
        for dx in range(-radius, radius + 1):
            total += shift(values, dx, dy)
    return total / (2 * radius + 1) ** 2
