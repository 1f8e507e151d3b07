// @ts-check
// The page's opening tells of the case that is open: another case than the lesson's own, such as
// the reader's, comes with its own picture and story; the lesson's own stands in the page already.


import { h } from './draw.js';
import { broken } from './stage-row.js';

/**
 * @param {Desk} desk
 * @returns {Part}
 */
export function opening({ model }) {
  const picture = document.querySelector('.lesson-picture');
  const story = document.querySelector('.lesson-story');
  if (!picture || !story) return { on: {} };
  const own = { picture: picture.innerHTML, story: [...story.childNodes] };
  let told = '';
  const show = () => {
    const other = model.get('frame').opening ?? {};
    if (JSON.stringify(other) === told) return;
    told = JSON.stringify(other);
    picture.innerHTML = other.picture ?? own.picture;
    story.replaceChildren(...(other.title
      ? [h('h1', {}, ...broken(other.title, model.get('frame').lang)), h('p', {}, other.story)] : own.story));
  };
  show();
  return { on: { frame: show } };
}
