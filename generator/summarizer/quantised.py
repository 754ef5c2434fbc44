"""The shipped sentence model laid out anew, so that a processor multiplies its small integers as such: half the time.

The file holds each weight as a signed byte; run as it is, they are widened to floats first. Here a graph of the same
weights is put together (Open Neural Network Exchange, IR version 8; operators of set 17 and of ONNX Runtime) in which
what comes in is rounded to bytes as well, by bounds measured once and kept in the lexicon (``activations.npz``;
channels that reach far are narrowed first: Xiao et al., 2023, SmoothQuant). The bounds being fixed, a text has the same
vectors alone and in company. Where single values reach too far for that, the bounds go by row.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

LAYERS, WIDTH, HEADS, LONGEST = 6, 384, 12, 128
_BLOCK = 128  # values that share a bound where they go by row
_TINY = 1e-12
_OWN = "com.microsoft"  # the domain of the runtime's own operators
_KINDS = {1: "float32", 2: "uint8", 3: "int8", 7: "int64"}  # of numbers in a constant
_LENGTH, _VARINT, _FOUR_BYTES = 2, 0, 5  # kinds of fields (Protocol Buffers, encoding)


def session(model: bytes | bytearray, options: Any) -> Any | None:
    """The model of this file as a session of ONNX Runtime that takes ``ids`` (texts x pieces) and ``at`` (the places of
    the pieces) and gives a vector a piece; ``None`` where this processor or this runtime can't do it exactly.
    """
    import onnxruntime

    def started(file: bytes) -> Any:
        apart = ["SkipLayerNormFusion"]  # the one operator takes fifteen times as long as the two
        return onnxruntime.InferenceSession(
            file, sess_options=options, providers=["CPUExecutionProvider"], disabled_optimizers=apart
        )

    try:
        return started(encoder(Graph(), tensors(model), bounds())) if _exact(started(_trial())) else None
    except Exception:  # a runtime without these operators says so in exceptions of its own
        return None


def _exact(trial: Any) -> bool:
    """Whether sums of products of bytes come out whole: older processors cut them off at 32,767."""
    import numpy as np

    return float(trial.run(None, {"x": np.full((4, 64), 255, np.float32)})[0].max()) == 255 * 127 * 64


def _trial() -> bytes:
    import numpy as np

    graph = Graph()
    graph.bytes_by_bytes("t", "x", np.full((64, 64), 127, np.int8), np.ones(64, np.float32), (0.0, 255.0))
    return graph.model("x", "t", 64)


def encoder(graph: Graph, held: Mapping[str, Array], bounds: Mapping[str, Array]) -> bytes:
    """The model's file, put together in ``graph`` of the constants that the shipped one holds; a matrix that
    ``bounds`` don't name takes those of each row.
    """
    import numpy as np

    weights = matrices(held)
    before = "inner.embeddings."
    graph.add("Gather", "bytes", graph.held(held[f"{before}word_embeddings.weight_q"]), "ids")
    graph.add("Cast", "floats", "bytes", to=1)
    graph.add("Gather", "scales", graph.held(held[f"{before}word_embeddings.weight_scale"].reshape(-1, 1)), "ids")
    graph.add("Mul", "pieces", "floats", "scales")
    places = held[f"{before}position_embeddings.weight_q"].astype(np.float32)
    places = places * held[f"{before}position_embeddings.weight_scale"]
    places = places + held[f"{before}token_type_embeddings.weight"][0]
    graph.add("Gather", "places", graph.held(places[:LONGEST]), "at")
    graph.add("Add", "summed", "pieces", "places")
    norm = [graph.held(held[f"{before}LayerNorm.{part}"]) for part in ("weight", "bias")]
    graph.add("LayerNormalization", "x", "summed", *norm, axis=-1, epsilon=_TINY)
    at = "x"
    for layer in range(LAYERS):
        at = _layer(graph, layer, at, weights[6 * layer : 6 * layer + 6], held, bounds)
    return graph.model("ids", at, WIDTH)


def matrices(held: Mapping[str, Array]) -> list[tuple[Array, Array]]:
    """The matrices of the layers in order, six a layer, each as bytes and the scale of each column."""
    names = sorted((n for n in held if n.startswith("val_") and n.endswith("_q")), key=lambda n: int(n[4:-2]))
    return [(held[n], held[f"{n[:-2]}_scale"].reshape(-1)) for n in names]


def _layer(
    graph: Graph,
    number: int,
    given: str,
    matrices: Sequence[tuple[Array, Array]],
    held: Mapping[str, Array],
    bounds: Mapping[str, Array],
) -> str:
    """One layer of the encoder (Devlin et al., 2019); the name of what it gives."""
    import numpy as np

    own = {n.removeprefix(f"inner.encoder.layer.{number}."): held[n] for n in held if f".layer.{number}." in n}
    three = tuple(np.concatenate(parts, axis=-1) for parts in zip(*matrices[:3], strict=True))
    bias = np.concatenate([own[f"attention.self.{part}.bias"] for part in ("query", "key", "value")])

    def multiply(kind: str, x: str, matrix: Sequence[Array], bias: Array, made: Sequence[str] = ()) -> str:
        name = f"{kind}{number}"
        weights, scale = matrix
        if f"{name}.reach" not in bounds:
            return graph.by_row(name, x, weights, scale, bias, made)
        narrowed = bounds.get(f"{name}.narrow")
        if narrowed is not None:
            x = graph.add("Mul", f"{name}_narrow", x, graph.held((1 / narrowed).astype(np.float32)))
            weights, scale = rounded(weights * scale * narrowed[:, None])
        return graph.bytes_by_bytes(name, x, weights, scale, bounds[f"{name}.reach"].tolist(), bias, made)

    def normed(name: str, x: str, skipped: str, part: str) -> str:
        summed = graph.add("Add", f"{name}_sum", x, skipped)
        parts = (graph.held(own[f"{part}.LayerNorm.{half}"]) for half in ("weight", "bias"))
        return graph.add("LayerNormalization", name, summed, *parts, axis=-1, epsilon=_TINY)

    names = [f"{part}{number}" for part in ("query", "key", "value")]
    multiply("read", given, three, bias, names)
    heard = graph.add("MultiHeadAttention", f"heard{number}", *names, domain=_OWN, num_heads=HEADS)
    gathered = multiply("gather", heard, matrices[3], own["attention.output.dense.bias"])
    first = normed(f"first{number}", gathered, given, "attention.output")
    wide = multiply("widen", first, matrices[4], own["intermediate.dense.bias"])
    bent = graph.add("Gelu", f"bent{number}", wide, domain=_OWN)
    closed = multiply("close", bent, matrices[5], own["output.dense.bias"])
    return normed(f"second{number}", closed, first, "output")


def rounded(weights: Array) -> tuple[Array, Array]:
    """Signed bytes and the scale of each column."""
    import numpy as np

    scale = (np.abs(weights).max(axis=0) / 127).astype(np.float32)
    return np.round(weights / scale).astype(np.int8), scale


@cache
def bounds() -> Mapping[str, Array]:
    """Per matrix (``widen3``) how far what comes in reaches, and by what each channel is narrowed."""
    import numpy as np

    with files("generator.lexicon").joinpath("activations.npz").open("rb") as file, np.load(file) as table:
        return {name: table[name].astype(np.float32) for name in table.files}


class Graph:
    """A model under construction, as the bytes of its file."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._held: list[bytes] = []
        self.watched: dict[str, int] = {}  # what is given beside the last vectors, with how wide it is

    def node(self, kind: str, given: Sequence[str], made: Sequence[str], domain: str = "", **settings: float) -> None:
        body = [_text(1, name) for name in given] + [_text(2, name) for name in made] + [_text(4, kind)]
        body += [_block(5, _setting(name, value)) for name, value in settings.items()]
        self._nodes.append(_block(1, b"".join([*body, _text(7, domain)])))

    def add(self, kind: str, made: str, *given: str, domain: str = "", **settings: float) -> str:
        self.node(kind, given, [made], domain, **settings)
        return made

    def held(self, values: Array) -> str:
        """A constant; its name."""
        import numpy as np

        kinds = {name: number for number, name in _KINDS.items()}
        name = f"held{len(self._held)}"
        body = [_number(1, size) for size in values.shape] + [_number(2, kinds[values.dtype.name]), _text(8, name)]
        self._held.append(_block(5, b"".join(body) + _block(9, np.ascontiguousarray(values).tobytes())))
        return name

    def bytes_by_bytes(
        self,
        name: str,
        x: str,
        weights: Array,
        scale: Array,
        reach: Sequence[float],
        bias: Array | None = None,
        made: Sequence[str] = (),
    ) -> str:
        """``x`` in 255 steps from the one end of its reach to the other, times the bytes ``weights``; in as many equal
        parts as there are names in ``made``.
        """
        import numpy as np

        low, high = reach
        step = self.held(np.array((high - low) / 255, np.float32))
        zero = self.held(np.array(round(-low * 255 / (high - low)), np.uint8))
        self.add("QuantizeLinear", f"{name}_bytes", x, step, zero)
        parts = made or (name,)
        width = len(scale) // len(parts)
        for n, part in enumerate(parts):
            own = slice(n * width, (n + 1) * width)
            end = () if bias is None else ("", self.held(bias[own]))
            given = (f"{name}_bytes", self.held(weights[:, own]), step, self.held(scale[own]), zero, *end)
            self.add("MatMulIntegerToFloat", part, *given, domain=_OWN)
        return name

    def by_row(
        self, name: str, x: str, weights: Array, scale: Array, bias: Array | None, made: Sequence[str] = ()
    ) -> str:
        """``x`` in bytes by bounds of its own, a few values at a time; in as many equal parts as ``made`` names."""
        import numpy as np

        rows, columns = weights.shape
        blocks = (weights.T.astype(np.int16) + 128).astype(np.uint8).reshape(columns, rows // _BLOCK, _BLOCK)
        scales = np.repeat(scale, rows // _BLOCK)
        sizes = {"K": rows, "N": columns, "bits": 8, "block_size": _BLOCK, "accuracy_level": 4}
        end = () if bias is None else ("", "", self.held(bias))
        self.add("MatMulNBits", name, x, self.held(blocks), self.held(scales), *end, domain=_OWN, **sizes)
        if made:
            self.node("Split", [name, self.held(np.full(len(made), columns // len(made), np.int64))], made, axis=-1)
        return name

    def model(self, given: str, made: str, width: int) -> bytes:
        """The file. ``ids`` come with their places ``at``; anything else is floats."""
        if given == "ids":
            ports = [_port(11, given, 7, "t", "p"), _port(11, "at", 7, "p"), _port(12, made, 1, "t", "p", width)]
            ports += [_port(12, name, 1, "t", "p", wide) for name, wide in self.watched.items()]
        else:
            ports = [_port(11, given, 1, "t", width), _port(12, made, 1, "t", width)]
        graph = b"".join([*self._nodes, _text(2, "model"), *self._held, *ports])
        sets = [_block(8, _text(1, domain) + _number(2, version)) for domain, version in (("", 17), (_OWN, 1))]
        return b"".join([_number(1, 8), _block(7, graph), *sets])


def _setting(name: str, value: float) -> bytes:
    if isinstance(value, int):
        return _text(1, name) + _number(3, value) + _number(20, 2)
    return _text(1, name) + _varint(2 << 3 | _FOUR_BYTES) + struct.pack("<f", value) + _number(20, 1)


def _port(field: int, name: str, kind: int, *sizes: str | int) -> bytes:
    shape = b"".join(_block(1, _number(1, s) if isinstance(s, int) else _text(2, s)) for s in sizes)
    return _block(field, _text(1, name) + _block(2, _block(1, _number(1, kind) + _block(2, shape))))


def _varint(number: int) -> bytes:
    number &= (1 << 64) - 1
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*found, number])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3 | _VARINT) + _varint(value)


def _block(field: int, body: bytes) -> bytes:
    return _varint(field << 3 | _LENGTH) + _varint(len(body)) + body


def _text(field: int, value: str) -> bytes:
    return _block(field, value.encode())


def tensors(model: bytes | bytearray) -> dict[str, Array]:
    """The constants of a model's file by name; they can be written to where the file can. Raises ValueError or
    IndexError for a file that is none.
    """
    import numpy as np

    found: dict[str, Array] = {}
    for graph in _inner(memoryview(model), 7):
        for held in _inner(graph, 5):
            parts = list(_fields(held))
            kind = next((v for field, v in parts if field == 2), 0)
            name = next((str(v, "utf-8") for field, v in parts if field == 8 and not isinstance(v, int)), "")
            raw = next((v for field, v in parts if field == 9 and not isinstance(v, int)), None)
            sizes = [n for field, v in parts if field == 1 for n in ([v] if isinstance(v, int) else _varints(v))]
            if kind in _KINDS and raw is not None:
                found[name] = np.frombuffer(raw, _KINDS[kind]).reshape(sizes)
    return found


def _inner(message: memoryview, wanted: int) -> Iterator[memoryview]:
    return (value for field, value in _fields(message) if field == wanted and not isinstance(value, int))


def _fields(message: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    at = 0
    while at < len(message):
        tag, at = _read(message, at)
        if tag & 7 == _VARINT:
            value, at = _read(message, at)
            yield tag >> 3, value
            continue
        size, at = (4, at) if tag & 7 == _FOUR_BYTES else (8, at) if tag & 7 == 1 else _read(message, at)
        yield tag >> 3, message[at : at + size]
        at += size


def _varints(packed: memoryview) -> Iterator[int]:
    at = 0
    while at < len(packed):
        value, at = _read(packed, at)
        yield value


def _read(message: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
