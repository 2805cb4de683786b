"""Project tables and boxes: names, responsible bodies, years, money, quantities."""
