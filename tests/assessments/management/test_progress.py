from io import StringIO

from assessments.management.progress import Progress, left, line


class Terminal(StringIO):
    def isatty(self):
        return True


def clock(*times):
    """Tells these times one after the other."""
    return iter(times).__next__


def test_it_draws_over_itself_and_cleans_up():
    terminal = Terminal()
    progress = Progress(terminal, clock(0, 1, 2))
    progress.at(0.25, "Reading")
    progress.at(0.5, "Writing")
    progress.done()
    drawn = terminal.getvalue().split("\r")
    assert "25 %, 3 s left" in drawn[1]
    assert "50 %, 2 s left" in drawn[2]
    assert drawn[3].strip() == drawn[4] == ""


def test_elsewhere_than_on_a_terminal_it_is_silent():
    log = StringIO()
    progress = Progress(log, clock(0, 1))
    progress.at(0.5, "Reading")
    progress.done()
    assert log.getvalue() == ""


def test_it_draws_ten_times_a_second_at_most():
    terminal = Terminal()
    progress = Progress(terminal, clock(0, 0, 0.05, 0.2))
    for _number in range(3):
        progress.at(0.5, "Reading")
    assert terminal.getvalue().count("Reading") == 2


def test_nothing_is_guessed_in_the_first_second():
    assert "left" not in line("Reading", 0.5, 0.9)
    assert "left" not in line("Reading", 0, 5)


def test_it_can_not_be_more_than_all():
    terminal = Terminal()
    Progress(terminal, clock(0, 1)).at(1.5, "Reading")
    assert "100 %" in terminal.getvalue()


def test_time_left_in_words():
    assert (left(5.4), left(65)) == ("5 s", "1 min 5 s")
