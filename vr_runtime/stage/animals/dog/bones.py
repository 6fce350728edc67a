"""Owns where each bone of a dog is, from its bearing and its four paws; knows neither world nor GL.

All in the dog's own space, in withers' heights: x right, y forwards, z up. The spine is bent from
the chest outwards; each leg reaches for its paw: its last bone leans as a dog's does, and what is
left is a triangle of two bones with known sides (law of cosines).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.animals.dog.bearing import Bearing
from vr_runtime.stage.models.animals.dog.plan import (
    BONES,
    FORE_BONES,
    HIND_BONES,
    LEGS,
    NUMBER,
    TAIL,
    Hound,
    Leg,
)
from vr_runtime.stage.space import Vec

Matrix = NDArray[Any]
SAT_RAD, SAT_DROP = 0.60, 0.405
"""Of a dog that sits: how far the trunk is raised, and how far the pelvis has come down."""
LAIN_DROP = 0.462
LEASH_M, LEASH_WIDE_M = 1.7, 0.02


def about_x(angle: float) -> Matrix:
    """Turned upwards for what looks along y."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array(((1.0, 0.0, 0.0), (0.0, c, -s), (0.0, s, c)))


def about_y(angle: float) -> Matrix:
    """Rolled to the right."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array(((c, 0.0, s), (0.0, 1.0, 0.0), (-s, 0.0, c)))


def about_z(angle: float) -> Matrix:
    """Turned to the left."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array(((c, -s, 0.0), (s, c, 0.0), (0.0, 0.0, 1.0)))


class Body:
    """The bones of one dog as they are bent."""

    def __init__(self, hound: Hound) -> None:
        self.hound = hound
        self.turn: list[Matrix] = [np.eye(3)] * len(BONES)
        self.move: list[Matrix] = [np.zeros(3)] * len(BONES)

    def _set(self, name: str, turn: Matrix, joint: Sequence[float], at: Matrix) -> None:
        """A bone turned so that its joint, at rest at `joint`, lies at `at`."""
        number = NUMBER[name]
        self.turn[number] = turn
        self.move[number] = at - turn @ np.asarray(joint)

    def place(self, bone: str, own: Sequence[float] | Matrix) -> Matrix:
        """Where a place at rest has gone with a bone."""
        number = NUMBER[bone]
        return np.asarray(self.turn[number] @ np.asarray(own) + self.move[number])

    def rows(self) -> list[tuple[float, float, float, float]]:
        """Three rows for each bone."""
        out = []
        for turn, move in zip(self.turn, self.move, strict=True):
            for row, off in zip(turn.tolist(), move.tolist(), strict=True):
                out.append((row[0], row[1], row[2], off))
        return out

    def bend(self, told: Bearing, paws: Sequence[Vec]) -> None:
        """Take this bearing, with the paws at these places, in the order of `LEGS`."""
        self._spine(told, paws)
        self._head(told)
        self._tail(told)
        for number, leg in enumerate(self.hound.legs):
            self._leg(number, leg, told, np.asarray(paws[number]))

    def hold_by(self, end: Vec, size: float) -> None:
        """Lay the leash from the ring of the collar to its end; call it after `bend`.

        Args:
            end: in the dog's own space, in withers' heights.
            size: of the dog, in metres.
        """
        x, y, z = self.hound.throat
        ring = self.place("throat", (x, y + 0.075, z - 0.075))
        way = np.asarray(end) - ring
        far = float(np.linalg.norm(way))
        slack = max(0.0, LEASH_M / size - far)
        low = min(float(ring[2]), end[2]) - 0.02
        sag = min(math.sqrt(0.375 * max(far, 0.05) * slack), max(0.0, low + 0.25 * far))
        across = np.array((way[1], -way[0], 0.0))
        across /= max(1e-6, float(np.linalg.norm(across)))
        number = NUMBER["leash"]
        self.turn[number] = np.stack(
            [across * (LEASH_WIDE_M / size), way, np.array((0.0, 0.0, max(sag, 1e-3)))], axis=1
        )
        self.move[number] = ring

    def _spine(self, told: Bearing, paws: Sequence[Vec]) -> None:
        h = self.hound
        sit, lie, bow = told.sit, told.lie, told.bow
        pitch = told.pitch + SAT_RAD * sit - 0.60 * bow
        middle = np.asarray(h.chest)
        # what stands over its paws goes where they are
        x = sum(paw[0] for paw in paws) / 4.0
        y = sum(paw[1] - leg.rest[1] for paw, leg in zip(paws, h.legs, strict=True)) / 4.0
        up = 1.0 - max(sit, lie)
        at = middle + np.array(
            (
                0.5 * x + told.aside,
                0.5 * y * up + told.shift - 0.055 * sit - 0.10 * bow,
                told.rise - 0.085 * sit - LAIN_DROP * lie - 0.265 * bow,
            )
        )
        turn = about_z(told.bend * 0.5) @ about_x(pitch) @ about_y(told.roll)
        self._set("chest", turn, h.chest, at)
        swell = 1.0 + 0.012 * told.breath
        self.turn[NUMBER["chest"]] = turn @ np.diag((swell, 1.0, 1.0))
        # backwards: loin and pelvis; a dog that sits rounds its back
        loin = (
            turn
            @ about_z(-told.bend * 0.7)
            @ about_x(0.22 * sit + 0.10 * bow)
            @ about_y(0.5 * told.twist)
        )
        self._set("loin", loin, h.chest, at)
        joint = self.place("loin", h.loin)
        pelvis = (
            loin
            @ about_z(-told.bend * 0.8)
            @ about_x(0.26 * sit + 0.16 * bow + 0.05 * lie)
            @ about_y(0.5 * told.twist)
        )
        self._set("pelvis", pelvis, h.loin, joint)

    def _head(self, told: Bearing) -> None:
        h = self.hound
        base = self.turn[NUMBER["chest"]]
        # the neck undoes what the trunk is raised by
        even = -(SAT_RAD * told.sit * 0.55) + 0.60 * told.bow * 0.8
        neck = base @ about_z(0.30 * told.turn) @ about_x(0.45 * told.neck + 0.45 * even)
        self._set("neck", neck, h.neck, self.place("chest", h.neck))
        throat = neck @ about_z(0.28 * told.turn) @ about_x(0.55 * told.neck + 0.35 * even)
        self._set("throat", throat, h.throat, self.place("neck", h.throat))
        head = (
            throat
            @ about_z(0.42 * told.turn)
            @ about_x(told.nod + 0.35 * even)
            @ about_y(told.tilt)
        )
        self._set("head", head, h.head, self.place("throat", h.head))
        self._set("jaw", head @ about_x(-told.jaw), h.jaw, self.place("head", h.jaw))
        eye = (0.0, *h.eye[1:])
        self._set("lids", head @ about_x(-0.98 * told.lids), eye, self.place("head", eye))
        for name, side in (("ear_r", 1.0), ("ear_l", -1.0)):
            root = h.on_head((side * 0.045, 0.030, 0.034))
            laid = told.ears if told.ears < 0.0 else 0.6 * told.ears
            back = about_x(-laid if laid > 0.0 else -laid * 1.6)
            if h.ears == "hanging":
                lift = about_y(-side * 0.30 * max(0.0, told.ears))
                ear = head @ lift @ about_x(-0.5 * told.ears)
            else:
                ear = (
                    head
                    @ about_z(side * (0.5 * told.ears))
                    @ back
                    @ about_y(side * 0.75 * told.drop)
                )
            self._set(name, ear, root, self.place("head", root))

    def _tail(self, told: Bearing) -> None:
        h = self.hound
        base = self.turn[NUMBER["pelvis"]]
        # what the pelvis is turned by is not the tail's
        lean = math.asin(max(-1.0, min(1.0, float(base[2, 1]))))
        turn = base @ about_x(-lean) @ about_x(-told.tail)
        joint: Sequence[float] = h.tail_root
        at = self.place("pelvis", joint)
        for n in range(TAIL):
            share = (0.34, 0.24, 0.18, 0.14, 0.10)[n]
            turn = turn @ about_z(-told.wag * share * 2.0) @ about_x(-told.curl if n else 0.0)
            name = f"tail_{n + 1}"
            self._set(name, turn, joint, at)
            following = h.tail_joint(n + 1)
            at = self.place(name, following)
            joint = following

    def _leg(self, number: int, leg: Leg, told: Bearing, paw: Matrix) -> None:
        side = "r" if LEGS[number].endswith("r") else "l"
        names = [f"{bone}_{side}" for bone in (FORE_BONES if leg.fore else HIND_BONES)]
        root, _knee, heel, toes = (np.asarray(joint) for joint in leg.joints)
        long = leg.lengths
        trunk = "chest" if leg.fore else "pelvis"
        hip = self.place(trunk, root)
        flat = float(toes[2])
        up = max(0.0, 1.0 - max(told.sit if not leg.fore else 0.0, told.lie))
        if leg.fore:
            # the shoulder blade goes along with the paw
            reach = float(paw[1] - root[1] - (leg.rest[1] - root[1]))
            hip = hip + np.array((0.0, max(-0.05, min(0.05, 0.22 * reach)) * up, 0.0))
        high = max(0.0, float(paw[2]))
        end = paw + np.array((0.0, 0.0, flat))
        behind = float(hip[1] - end[1] - (root[1] - toes[1]))
        rest = heel - toes
        lean = self._lean(leg, told, behind, high)
        # the last bone, from the toes up to wrist or hock
        last = about_x(lean) @ rest
        ankle = end + last
        reach_m = float(np.linalg.norm(ankle - hip))
        most = 0.9985 * (long[0] + long[1])
        if reach_m > most:
            # what the two bones do not reach the last one gives: the heel lifts
            towards = (hip - end) / max(1e-6, float(np.linalg.norm(hip - end)))
            for share in (0.25, 0.5, 0.75, 1.0):
                mixed = last * (1.0 - share) + towards * long[2] * share
                ankle = end + mixed * (long[2] / max(1e-6, float(np.linalg.norm(mixed))))
                if np.linalg.norm(ankle - hip) <= most:
                    break
        joint = _elbow(hip, ankle, long[0], long[1], ahead=not leg.fore)
        places = (hip, joint, ankle, end)
        for k, name in enumerate(names[:3]):
            a, b = leg.joints[k], leg.joints[k + 1]
            turn = _from_to(np.asarray(b) - np.asarray(a), places[k + 1] - places[k])
            self._set(name, turn, a, places[k])
        # toes lie flat on the ground, and hang a little in the air
        droop = -min(0.75, 6.5 * high) if leg.fore else -min(0.6, 5.0 * high)
        self._set(names[3], about_x(droop), leg.joints[3], end)

    def _lean(self, leg: Leg, told: Bearing, behind: float, high: float) -> float:
        """How far the last bone is turned from rest, backwards for a leg left behind."""
        if leg.fore:
            flat = max(told.lie, 0.85 * told.bow)
            lean = -0.55 * behind - 8.5 * high
            return max(-1.7, min(0.6, lean)) * (1.0 - flat) + 1.22 * flat
        lean = -1.1 * behind + 1.5 * high
        stands = max(-0.75, min(0.5, lean)) * (1.0 - max(told.sit, told.lie))
        return stands + 1.22 * told.sit + 1.30 * told.lie


def _elbow(a: Matrix, c: Matrix, ab: float, bc: float, *, ahead: bool) -> Matrix:
    """The middle joint of two bones between `a` and `c`; it points ahead or back."""
    way = c - a
    far = float(np.linalg.norm(way))
    e = way / max(far, 1e-9)
    far = min(max(far, abs(ab - bc) + 1e-4), 0.9999 * (ab + bc))
    out = np.array((0.0, 1.0 if ahead else -1.0, 0.12))
    out = out - e * float(out @ e)
    out /= max(1e-9, float(np.linalg.norm(out)))
    cos = min(1.0, max(-1.0, (ab * ab + far * far - bc * bc) / (2.0 * ab * far)))
    return np.asarray(a + (e * cos + out * math.sqrt(1.0 - cos * cos)) * ab)


def _from_to(a: Matrix, b: Matrix) -> Matrix:
    """The least turn that brings the direction of `a` to that of `b` (Rodrigues)."""
    u = a / max(1e-9, float(np.linalg.norm(a)))
    v = b / max(1e-9, float(np.linalg.norm(b)))
    c = float(u @ v)
    if c < -0.9999:
        return np.diag((1.0, -1.0, -1.0))
    x, y, z = np.cross(u, v).tolist()
    k = np.array(((0.0, -z, y), (z, 0.0, -x), (-y, x, 0.0)))
    return np.asarray(np.eye(3) + k + k @ k / (1.0 + c))
