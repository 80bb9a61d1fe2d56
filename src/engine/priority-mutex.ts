/** What a call may do while it is its turn. */
export interface Turn {
  /** Settles once another call waits for its turn. */
  wanted(): Promise<void>;
  /** Lets the others go while work goes on that needs nothing of theirs, then waits for another turn. */
  stepOut<T>(work: () => Promise<T>): Promise<T>;
}

/** The turn of whoever shares the engine with nobody. */
export const ownTurn: Turn = { wanted: () => new Promise(() => {}), stepOut: (work) => work() };

/** Lets one go at a time: those who wait come in their order, background work after all others. */
export class PriorityMutex {
  private busy = false;
  private readonly queue: { background: boolean; go: () => void }[] = [];
  private onWaiting: (() => void)[] = [];

  /** Runs work in its turn. What it throws, it throws; the next one goes on. */
  async run<T>(work: (turn: Turn) => Promise<T>, background = false): Promise<T> {
    const turn: Turn = {
      wanted: () =>
        new Promise((wanted) => {
          if (this.queue.length > 0) wanted();
          else this.onWaiting.push(wanted);
        }),
      stepOut: async (work) => {
        this.release();
        try {
          return await work();
        } finally {
          await this.acquire(background);
        }
      },
    };
    await this.acquire(background);
    try {
      return await work(turn);
    } finally {
      this.release();
    }
  }

  private acquire(background: boolean): Promise<void> {
    if (!this.busy) {
      this.busy = true;
      return Promise.resolve();
    }
    for (const wanted of this.onWaiting.splice(0)) wanted();
    return new Promise((go) => {
      this.queue.push({ background, go });
    });
  }

  private release(): void {
    this.onWaiting = [];
    const first = this.queue.findIndex((waiting) => !waiting.background);
    const [next] = this.queue.splice(Math.max(0, first), 1);
    if (next) next.go();
    else this.busy = false;
  }
}
