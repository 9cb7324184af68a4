// What weighs how much beside the lists' own scores. Tuned on two thirds of an open set of graded queries.

export const FLOORS = { coverage: 0.1, score: 0.04, together: 0.5, date: 14, dated: 1.5, keys: 1, verbatim: 0.3, close: 0.5 };
