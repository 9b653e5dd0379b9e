/** Once the browser has shown what it has, so that a hand is answered before what follows from it is worked out. */
export const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
