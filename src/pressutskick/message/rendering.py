"""Templates to text and HTML by Jinja2, in two sandboxed environments.

Text is never escaped, HTML always is, whatever a file is called (`select_autoescape()` would miss
`*.html.j2`). What a template does wrong is told with its file and line. This module reads no file;
the texts are handed in as a `TemplateSet` (see `sources.templates`).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, TypeVar

import jinja2
from jinja2 import nodes

from pressutskick.errors import InputError, Origin, Problem, Severity
from pressutskick.mail import Language
from pressutskick.message.environment import TemplateEnvironment, make_environment
from pressutskick.message.folding import find_bound_names
from pressutskick.message.theme import FILE as THEME_FILE
from pressutskick.message.theme import Theme, read_theme, view_theme
from pressutskick.sentences import Sentence, say

T = TypeVar("T")

#: A part longer than this is a mistake in a template; 200 times what an invitation needs.
MAX_CHARACTERS = 1_000_000
_MAX_CHUNKS = 50_000
#: Before the name of a template that comes with the program, where one's own has the same name.
SHIPPED = "shipped/"
#: Templates that are read for the names that they set, and never rendered with others.
_MODULE = re.compile(r"words\.\w+\.j2\Z|styles\.j2\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateText:
    """A template's source: its name (`invitation.html.j2`), its text, the file it was read from."""

    name: str
    text: str
    file: str
    is_shipped: bool = False


@dataclass(frozen=True, slots=True)
class TemplateSet:
    """All templates of a run; where a name comes twice the first one counts.

    `theme.toml` is among them; `pictures` are the files beside it, by name.
    """

    templates: tuple[TemplateText, ...]
    pictures: tuple[tuple[str, bytes], ...] = ()

    def find(self, name: str) -> TemplateText | None:
        """The template of that name; `shipped/…` is the one that comes with the program."""
        if name.startswith(SHIPPED):
            return next((each for each in self.shipped if SHIPPED + each.name == name), None)
        return next((each for each in self.templates if each.name == name), None)

    @property
    def own(self) -> tuple[TemplateText, ...]:
        """The operator's, each name once."""
        found = {each.name: each for each in reversed(self.templates) if not each.is_shipped}
        return tuple(found[name] for name in sorted(found))

    @property
    def shipped(self) -> tuple[TemplateText, ...]:
        """Those that come with the program."""
        return tuple(each for each in self.templates if each.is_shipped)

    @property
    def theme(self) -> Theme:
        """The values of `theme.toml`, or those of the shipped look.

        Raises:
            InputError: some cannot be used; tells file and line.
        """
        found = self.find(THEME_FILE)
        return read_theme(found.text, found.file, dict(self.pictures)) if found else Theme()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The texts and macros of one template, for each of the two environments."""

    text: Mapping[str, Any]
    html: Mapping[str, Any]

    def texts(self) -> dict[str, str]:
        """All texts by name."""
        return {name: value for name, value in self.text.items() if isinstance(value, str)}

    def override(self, texts: Mapping[str, str]) -> "Words":
        """With these texts in place of their own."""
        return Words(text={**self.text, **texts}, html={**self.html, **texts})

    def text_of(self, name: str) -> str:
        """The text called `name`; the name itself where the template has none."""
        return str(self.text.get(name, name))


class Renderer:
    """The templates of a run, compiled once each when first used."""

    def __init__(self, templates: TemplateSet) -> None:
        """Compiles nothing yet."""
        self._templates = templates
        self.theme = templates.theme
        self._text = make_environment(self._load, autoescape=False)
        self._html = make_environment(self._load, autoescape=True)
        for environment in (self._text, self._html):
            # For modules, which get no variables; a mail's own `theme` says more.
            environment.globals["theme"] = view_theme(self.theme, Language.SWEDISH, "", {})

    def fold(self, *, text: Mapping[str, Any], html: Mapping[str, Any]) -> "Renderer":
        """A renderer for many renderings that have these variables alike; they need not be given.

        Makes the same texts in about half the time.
        """
        folded = Renderer(self._templates)
        folded._text.give(text, self._bound_names)
        folded._html.give(html, self._bound_names)
        return folded

    @cached_property
    def _bound_names(self) -> set[str]:
        """What templates bind and may hand on; `words` and `styles` are modules of their own."""
        bound: set[str] = set()
        for each in self._templates.templates:
            tree = None if each.name.endswith(".toml") else self.parse(each)
            if tree is not None and not _MODULE.match(each.name):
                bound |= find_bound_names(tree)
        return bound

    def parse(self, template: TemplateText) -> nodes.Template | None:
        """The syntax tree; None where it has none, which is told when the template is wanted."""
        try:
            return self._text.parse(template.text, template.name, template.file)
        except jinja2.TemplateError:
            return None

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        found = self._templates.find(name)
        return (found.text, found.file, lambda: True) if found else None

    def text(self, name: str) -> "Rendering":
        """The template `name` as plain text.

        Raises:
            InputError: there is no such template, or it is not valid; tells file and line.
        """
        return self._rendering(self._text, name)

    def html(self, name: str) -> "Rendering":
        """The template `name` as HTML: every value is escaped.

        Raises:
            InputError: there is no such template, or it is not valid; tells file and line.
        """
        return self._rendering(self._html, name)

    def words(self, name: str) -> "Words":
        """What template `name` sets at its top: texts, and macros that make texts.

        What one's own does not set comes from the shipped one.

        Raises:
            InputError: there is no such template, or it is not valid; tells file and line.
        """
        text: dict[str, Any] = {}
        html: dict[str, Any] = {}
        for layer in (SHIPPED + name, name):
            if self._templates.find(layer) is not None or layer == name:
                text |= self.text(layer).names()
                html |= self.html(layer).names()
        return Words(text=text, html=html)

    def _rendering(self, environment: TemplateEnvironment, name: str) -> "Rendering":
        rendering = Rendering(name)
        rendering.template = rendering.guard(lambda: environment.get_template(name))
        # In place of a ChainMap, which each rendering would copy entry by entry.
        rendering.template.globals = {**rendering.template.globals, **environment.given}
        return rendering


@lru_cache(maxsize=4)
def make_renderer(templates: TemplateSet) -> Renderer:
    """One renderer for the same templates: compiling takes a tenth of a second."""
    return Renderer(templates)


class Rendering:
    """One compiled template; call it with its variables."""

    template: jinja2.Template

    def __init__(self, name: str) -> None:
        """Named, not yet compiled."""
        self.name = name

    def __call__(self, variables: Mapping[str, object]) -> str:
        """The rendered text.

        Raises:
            InputError: a variable is missing, the text is too long, or the template did what the
                sandbox forbids; tells file and line.
        """
        template = self.template
        self._begin()
        context = template.new_context(dict(variables))
        chunks = self.guard(lambda: list(islice(template.root_render_func(context), _MAX_CHUNKS)))
        if len(chunks) == _MAX_CHUNKS or sum(map(len, chunks)) > MAX_CHARACTERS:
            raise self._error(
                say("the text grows beyond {limit} characters", limit=MAX_CHARACTERS), None
            )
        return "".join(chunks)

    def names(self) -> dict[str, Any]:
        """What the template sets at its top: texts and macros by name.

        Raises:
            InputError: the template fails before its end; tells file and line.
        """
        self._begin()
        module = self.guard(lambda: self.template.module)
        found = {name: value for name, value in vars(module).items() if not name.startswith("_")}
        for value in found.values():
            if isinstance(value, jinja2.Undefined):
                self.guard(value.__str__)
        return found

    def _begin(self) -> None:
        environment = self.template.environment
        if isinstance(environment, TemplateEnvironment):
            environment.budget.begin()

    def guard(self, action: Callable[[], T]) -> T:
        """Runs `action`; what the template does wrong becomes an InputError."""
        try:
            return action()
        except RecursionError as error:
            reason = say(
                "it builds on itself; write “shipped/” before the name of the one that comes with "
                "the program"
            )
            raise self._error(reason, error) from error
        except jinja2.TemplateNotFound as error:
            raise self._error(say("there is no template {name}", name=error.name), error) from error
        except jinja2.UndefinedError as error:
            missing = re.search(r"'(\w+)'(?: is undefined)?\Z", error.message or "")
            name = missing[1] if missing else "?"
            raise self._error(
                say("there is no variable called {name}", name=name), error
            ) from error
        except jinja2.TemplateError as error:
            reason = say("{reason}", reason=error.message or type(error).__name__)
            raise self._error(reason, error) from error
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise self._error(say("{reason}", reason=error), error) from error

    def _error(self, reason: Sentence, error: Exception | None) -> InputError:
        file, line = self._locate(error)
        problem = Problem(
            code="template",
            severity=Severity.ERROR,
            sentence=say("the template cannot be used: {reason}", reason=reason),
            origin=Origin(file=file, line=line),
        )
        remedy = say(
            "Mend the template, or delete your copy so that the one that comes with the program "
            "is used; docs/templates.md lists every variable."
        )
        return InputError(problems=[problem], remedy=remedy)

    def _locate(self, error: Exception | None) -> tuple[str, int | None]:
        """File and line: from the error itself, or the innermost template in its traceback."""
        if isinstance(error, jinja2.TemplateSyntaxError):
            return error.filename or error.name or self.name, error.lineno
        compiled = getattr(self, "template", None)
        place: tuple[str, int | None] = (compiled.filename if compiled else self.name, None)
        step = error.__traceback__ if error else None
        while step is not None:
            template = step.tb_frame.f_globals.get("__jinja_template__")
            if isinstance(template, jinja2.Template):
                line = template.get_corresponding_lineno(step.tb_lineno)
                place = (template.filename or self.name, line)
            step = step.tb_next
        return place
