import benchmarkEn from './benchmark.en.json' with { type: 'json' };
import benchmarkKo from './benchmark.ko.json' with { type: 'json' };

/** Texts of the benchmark: no other screen waits for them. */
export const lateBenchmark = { en: benchmarkEn, ko: benchmarkKo };
