//! The parts of a person's name: titles, given names and the gender they tell.
