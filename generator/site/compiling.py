"""Templates as Python that does no more than it must: Jinja2's own compiler, told what holds for our templates.

A model is plain data, so that ``x.y`` is that attribute and nothing else; a function that a template may call wants no
context; what is said without a value in it is known when the template is compiled. What comes out is the same, letter
for letter, in half the time.
"""

from __future__ import annotations

import marshal
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from keyword import iskeyword
from typing import Any

import markupsafe
from jinja2 import Environment, nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator, Frame, MacroRef, optimizeconst
from jinja2.runtime import LoopContext, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape
from msgspec import Struct

from generator.cache import Cache
from generator.site import catalogue, shelf

escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", None) or (lambda text: str(escape(text)))
_IMPORTS = "from generator.site.compiling import escaped, join, new, quick, shown, whole"
_LOOPING = "from generator.site.compiling import looping as LoopContext"
_PLACES = frozenset({"first", "last", "index", "index0", "length", "revindex", "revindex0"})
_VALUE = re.compile(r"%\((\w+)\)s")


def shown(value: object) -> str:
    """What a template writes of a value: text escaped, markup as it is."""
    kind = type(value)
    if kind is str:
        return escaped(value)  # type: ignore[arg-type]
    if kind is int:
        return str(value)
    return value if kind is Markup else str(escape(value))  # type: ignore[return-value]


# What a template wrote, as markup: ``new(Markup, join(parts))``; its values are escaped in it.
new, join = str.__new__, "".join


def quick(function: Callable[..., Markup], arguments: int, macro: Macro) -> Callable[..., Markup]:
    """A macro that takes ``arguments`` by their place: its own function. Calls that name some go to ``macro``."""
    function.__defaults__ = (missing,) * arguments
    function.whole = macro  # type: ignore[attr-defined]
    return function


def whole(called: Callable[..., Any]) -> Callable[..., Any]:
    """What is called with some arguments named."""
    return getattr(called, "whole", called)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a loop is."""

    index0: int
    length: int
    first: bool
    last: bool
    index: int
    revindex: int
    revindex0: int


@lru_cache(maxsize=256)
def _places(n: int) -> tuple[Place, ...]:
    return tuple(Place(at, n, at == 0, at == n - 1, at + 1, n - at, n - at - 1) for at in range(n))


def looping(items: Iterable[Any], undefined: Any, *recursive: Any) -> Iterable[tuple[Any, Any]]:
    """``items``, each with its place; Jinja2's own way where a loop calls itself."""
    if recursive:
        return LoopContext(items, undefined, *recursive)
    every = items if isinstance(items, tuple | list) else tuple(items)
    return zip(every, _places(len(every)), strict=True)


def _only_places(template: nodes.Template) -> bool:
    """Whether of a loop nothing is asked but where it is."""
    asked = sum(1 for n in template.find_all(nodes.Getattr) if _is_loop(n.node) and n.attr in _PLACES)
    return asked == sum(1 for n in template.find_all(nodes.Name) if _is_loop(n))


def _is_loop(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Name) and node.name == "loop"


def _said(node: nodes.Node) -> Iterator[nodes.Expr]:
    """``_("words %(name)s", name=value)`` as the words and the values that they are; anything else as it is."""
    values = {k.key: k.value for k in node.kwargs} if isinstance(node, nodes.Call) else {}
    message = _message(nodes.Call(node.node, node.args, [], None, None)) if values else None  # type: ignore[attr-defined]
    pieces = _VALUE.split(message or "")
    if message is None or "%" in "".join(pieces[::2]) or not set(pieces[1::2]) <= set(values):
        yield node  # type: ignore[misc]
        return
    for n, piece in enumerate(pieces):
        yield values[piece] if n % 2 else nodes.TemplateData(piece)


def _message(node: nodes.Expr) -> str | None:
    """What a call of ``_`` says that gives no values; ``None`` for anything else."""
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name) or node.node.name != "_":
        return None
    said = node.args[0] if len(node.args) == 1 and not node.kwargs else None
    return str(catalogue.markup(said.value)) if isinstance(said, nodes.Const) else None


_WRITTEN = "_written"
_GENERATOR = "if 0: yield None"
_PARENT = "yield from parent_template."


def _listed(frame: Frame) -> Frame:
    """``frame``, which writes into a list."""
    if frame.buffer is not None:
        return frame
    listed = frame.copy()
    listed.buffer = _WRITTEN
    return listed


class Compiler(CodeGenerator):
    """Jinja2's own compiler with shorter ways for what our templates do."""

    _asks = False  # whether it is being asked if something is there
    _plain_loops = False
    _extends = False

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """The head of what is compiled."""
        self._plain_loops = _only_places(node)
        self._extends = node.find(nodes.Extends) is not None
        self.writeline(_IMPORTS)
        super().visit_Template(node, frame)

    def write_commons(self) -> None:
        """A page and its blocks give a list of what they write: handing on each piece costs more than writing it."""
        super().write_commons()
        self.writeline(f"{_WRITTEN} = []")

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        """The end of a page or a block."""
        super().leave_frame(frame, with_python_scope)
        if with_python_scope and (frame.rootlevel or frame.block_frame):
            if not (frame.rootlevel and self._extends):
                self.writeline(f"return {_WRITTEN}")
            elif not self.has_known_extends:
                self.writeline(f"if parent_template is None: return {_WRITTEN}")

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """Loops of which only the place is asked go our way; what Jinja2 would hand on is put down."""
        if x.startswith(_GENERATOR):
            return
        if x.startswith(_PARENT):
            x = f"return {_WRITTEN} + {x.removeprefix('yield from ')}"
        elif x.startswith("yield from "):
            x = f"{_WRITTEN}.extend({x.removeprefix('yield from ')})"
        super().writeline("finally: pass" if x == "finally: gen.close()" else x, node, extra)
        if self._plain_loops and x.startswith("from jinja2.runtime import "):
            super().writeline(_LOOPING)

    def start_write(self, frame: Frame, node: nodes.Node | None = None) -> None:
        """To write a single piece."""
        super().start_write(_listed(frame), node)

    def end_write(self, frame: Frame) -> None:
        """The other side of it."""
        super().end_write(_listed(frame))

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        """Words with values in them are written piece by piece."""
        pieces = [n for child in node.nodes for n in _said(child)]
        super().visit_Output(nodes.Output(pieces, lineno=node.lineno), _listed(frame))

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """What a macro wrote is markup at once."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super().return_buffer_contents(frame, force_unescaped)
            return
        self.writeline(f"return new(Markup, join({frame.buffer}))")

    @optimizeconst
    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:
        """Without an "else" there is nothing."""
        super().visit_CondExpr(nodes.CondExpr(node.test, node.expr1, node.expr2 or nodes.Const("")), frame)

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """``x.y`` is an attribute, never an item."""
        if self._asks:
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    @optimizeconst
    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:
        """``x.y is defined`` may name what is not there."""
        asked = node.node
        if node.name == "defined" and isinstance(asked, nodes.Getattr) and isinstance(asked.node, nodes.Name):
            self.write("hasattr(")
            self.visit(asked.node, frame)
            self.write(f", {asked.attr!r})")
            return
        before, self._asks = self._asks, node.name in ("defined", "undefined")
        super().visit_Test(node, frame)
        self._asks = before

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Nothing that is called wants the context."""
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(iskeyword(k.key) for k in node.kwargs):
            super().visit_Call(node, frame, forward_caller)
            return
        self.write("whole(" if node.kwargs else "")
        self.visit(node.node, frame)
        self.write(")(" if node.kwargs else "(")
        for n, argument in enumerate((*node.args, *node.kwargs)):
            self.write(", " if n else "")
            self.visit(argument, frame)
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """A macro without specials is a function."""
        special = macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs
        if special:
            super().macro_def(macro_ref, frame)
            return
        self.write(f"quick(macro, {len(macro_ref.node.args)}, ")
        super().macro_def(macro_ref, frame)
        self.write(")")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        """``_("words")`` is said here and now."""
        message = _message(node)
        return super()._output_child_to_const(node, frame, finalize) if message is None else message

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("(escaped(_v) if type(_v := (")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")) is str else _v if type(_v) is Markup else shown(_v))")


class Code(Struct, frozen=True):
    """A compiled template, as Python writes its own."""

    data: bytes


class CompiledOnce(BytecodeCache):
    """Compiled templates in the cache, which checks that an entry is what it wrote."""

    def __init__(self, memo: Cache) -> None:
        self._memo = memo
        self._version = f"{shelf.code()} {sys.version} {sys.implementation.cache_tag} {catalogue.spoken().texts!r}"

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Jinja2's interface."""
        key = self._memo.key(Code, self._version, name, filename or "", source)
        bucket = Bucket(environment, key or "", "")
        hit = self._memo.find(Code, key)
        if hit is not None:
            with suppress(ValueError, EOFError, TypeError):
                bucket.code = marshal.loads(hit.value.data)  # noqa: S302 (what we wrote, by its checksum)
        return bucket

    def set_bucket(self, bucket: Bucket) -> None:
        """Jinja2's interface."""
        self._memo.store(Code, bucket.key or None, Code(marshal.dumps(bucket.code)))
