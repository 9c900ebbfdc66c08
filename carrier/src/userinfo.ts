/** Name and password within a URL (`https://name:password@host/`): an application's server is sent them, nobody who looks on is shown them. */
export const hideUserinfo = (text: string): string =>
  text.replace(/\b((?:https?|wss?):\/\/)[^/?#\s\\"'<>]*@/gi, "$1");
