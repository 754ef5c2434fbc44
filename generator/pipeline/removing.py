"""Articles that someone asked to be taken out leave before anything is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.errors import BuildFailed
from generator.model import Article
from generator.pipeline.means import Report
from generator.project import Project
from generator.removals import Removals, read_removals


@dataclass(frozen=True, slots=True)
class Removing:
    """What removed.toml asks for in one run, and the articles that were taken out so far."""

    removals: Removals
    taken: list[Article] = field(default_factory=list)

    @classmethod
    def of(cls, project: Project) -> Removing:
        """Raises BuildFailed where the file can't be used: better no site than one that shows them."""
        removals = read_removals(project.content)
        if removals.problems:
            raise BuildFailed("\n".join(map(str, removals.problems)))
        return cls(removals)

    def kept(self, articles: tuple[Article, ...]) -> tuple[Article, ...]:
        """``articles`` without those that are to be taken out."""
        if not self.removals.requests:
            return articles
        gone = {a.id for a in articles if self.removals.of(a)}
        self.taken.extend(a for a in articles if a.id in gone)
        return tuple(a for a in articles if a.id not in gone)

    def tell(self, report: Report) -> None:
        """What was taken out goes into ``report.removed``; an entry that fits no article is told too."""
        found = [r for r in map(self.removals.of, self.taken) if r]
        report.removed += dict.fromkeys([*found, *self.removals.gone()])
        for request, problem in self.removals.dead(self.taken):
            if request.by == "id":
                report.notes.append(str(problem))
            else:
                report.problems.append(problem)
