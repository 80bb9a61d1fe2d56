/** Milliseconds between two lines where they are kept, as in a log. */
const logEvery = 10_000;

/** A line on standard error: how many are done and how long the rest will take. */
export class Progress {
  private done = 0;
  private readonly begin = Date.now();
  private lastLine = 0;

  constructor(private readonly total: number) {}

  advance(count: number): void {
    this.done += count;
    const seconds = (Date.now() - this.begin) / 1000;
    const left = (seconds / this.done) * (this.total - this.done);
    const line = `${this.done} of ${this.total} images, about ${duration(left)} left`;
    if (process.stderr.isTTY) {
      process.stderr.write(`\r\x1b[K${line}`);
    } else if (Date.now() - this.lastLine > logEvery || this.done === this.total) {
      this.lastLine = Date.now();
      process.stderr.write(`${line}\n`);
    }
  }

  /** Prints a sentence of its own without tearing the line. */
  say(sentence: string): void {
    process.stderr.write(`${process.stderr.isTTY ? '\r\x1b[K' : ''}${sentence}\n`);
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\n');
  }
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
