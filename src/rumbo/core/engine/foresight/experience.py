"""What the former years of an institution (or of a file) teach about foreseeing its next one.

How each goal moves is learnt from its own past, and the season of its kind from the others', when it is foreseen. What
is kept besides is how projections have to be corrected; without a past, the correction that comes with the program.
Beliefs on how goals move and how noisy they are, carried from goal to goal, made every source worse and were left out.
"""

from dataclasses import dataclass

from rumbo.core.engine.foresight.calibration import Calibration


@dataclass(frozen=True, eq=False, slots=True)
class Experience:
    calibration: Calibration


INNATE = Experience(Calibration())
