"""Work that other processes do: beside everything else, or shared among all processors. Linux forks; others wait."""
