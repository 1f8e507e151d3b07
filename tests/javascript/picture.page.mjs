// What a hand on a picture asks for: places on its way, by hand.
import { alongWay, asked, beside, onWay } from '../../simlib/widgets/static/picture.js';
import { after } from '../../simlib/widgets/static/picture-steps.js';
import { same, test } from './page.mjs';

const ITEM = { min: 0, max: 100, step: 1 };

test('a place between two others is a number between theirs, and the other way round', () => {
  const grip = { ends: [10, 20, 60], values: [0, 50, 100] };
  same([5, 15, 40, 99].map((at) => asked(grip, at, ITEM)), [0, 25, 75, 100]);
  same([0, 25, 75, 100].map((wish) => beside(grip.values, grip.ends, wish)), [10, 15, 40, 60]);
});

test('a way that leads upwards is measured upwards, and no hand leaves it', () => {
  const grip = { x: 100, y: 50, turn: -90 };
  same(Math.round(alongWay(grip, { x: 130, y: 20 })), -20);
  same(Object.values(onWay(grip, -20)).map(Math.round), [100, 20]);
});

test('a way that is not turned is measured from the left', () => {
  const grip = { x: 100, y: 50 };
  same([alongWay(grip, { x: 130, y: 20 }), onWay(grip, 130)], [130, { x: 130, y: 50 }]);
});

test('after a step a picture has what is there by then, and at the end it is as it is listed', () => {
  const things = [
    { kind: 'stream', id: 'flow:a:b', x: 0, y: 0 }, { kind: 'box', id: 'late:a', x: 0, y: 0 }
  ];
  const steps = {
    said: ['one', 'two'], of: [['flow:a'], ['card']], begins: '', count: '', late: ['late'],
    ways: { 'flow:a:b': { part: [[0, 0], [1, .4]] } }
  };
  const at = (n) => after(things, steps, n).map(({ id, part, lit, dim }) => [id, part, lit, dim]);
  same([0, 1].map(at), [
    [['flow:a:b', 0, false, true]], [['flow:a:b', .4, true, false]]
  ]);
  same(at(2), [['flow:a:b', 1, undefined, undefined], ['late:a', undefined, undefined, undefined]]);
});
