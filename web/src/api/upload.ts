import { ApiError } from "./api-error.ts";
import { address, asProblem, noAnswer } from "./call.ts";
import { endpoints, type AnswerOf, type EndpointId, type InputOf } from "./endpoints.ts";

/**
 * Calls an endpoint whose body is a file. `onProgress` is told which part of it is on its way, from 0 to 1; fetch cannot
 * tell that.
 * @throws {ApiError} as `call` does
 */
export async function upload<Id extends EndpointId>(
  id: Id,
  { params, query }: InputOf<Id>,
  file: Blob,
  onProgress: (part: number) => void,
): Promise<AnswerOf<Id>> {
  const [method = "POST", path = ""] = endpoints[id].split(" ");
  const { status, text } = await send(method, address(path, params, query), file, onProgress);
  const parsed = parse(text);
  if (status < 200 || status > 299) throw new ApiError(status, asProblem(status, parsed));
  // The server validates what it sends with the same schema this type comes from.
  return parsed as AnswerOf<Id>;
}

function send(
  method: string,
  url: string,
  file: Blob,
  onProgress: (part: number) => void,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.setRequestHeader("accept", "application/json");
    request.setRequestHeader("content-type", "application/json");
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total));
    request.addEventListener("load", () => resolve({ status: request.status, text: request.responseText }));
    for (const event of ["error", "abort", "timeout"])
      request.addEventListener(event, () => {
        reject(noAnswer());
      });
    request.send(file);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
