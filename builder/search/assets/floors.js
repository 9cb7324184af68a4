// What weighs how much beside the lists' own scores. Tuned on two thirds of an open set of graded queries.

export const FLOORS = { score: 0.02, together: 0.5, date: 14, dated: 1.5, verbatim: 0.4, close: 0.5 };
