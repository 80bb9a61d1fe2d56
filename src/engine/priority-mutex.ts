/** Lets one go at a time: those who wait come in their order, background work after all others. */
export class PriorityMutex {
  private busy = false;
  private readonly queue: { background: boolean; go: () => void }[] = [];

  /** Runs work in its turn. What it throws, it throws; the next one goes on. */
  async run<T>(work: () => Promise<T>, background = false): Promise<T> {
    await this.acquire(background);
    try {
      return await work();
    } finally {
      this.release();
    }
  }

  private acquire(background: boolean): Promise<void> {
    if (!this.busy) {
      this.busy = true;
      return Promise.resolve();
    }
    return new Promise((go) => {
      this.queue.push({ background, go });
    });
  }

  private release(): void {
    const first = this.queue.findIndex((waiting) => !waiting.background);
    const [next] = this.queue.splice(Math.max(0, first), 1);
    if (next) next.go();
    else this.busy = false;
  }
}
