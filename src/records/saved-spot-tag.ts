/** Marks the spots that the self-check kept, among the cases: their photos were taken with a phone. */
export const savedSpotTag = 'self-check';
