"""Speed, memory and start-up, measured side by side (docs/evaluation.md, "Benchmarks")."""
