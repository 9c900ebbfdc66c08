/** Twilio's REST API of 2010-04-01 (protocol 6): every account's resources behind one door. */
import { Hono } from "hono";
import type { Plant } from "../plant.ts";
import { taskRouterRoutes } from "../taskrouter/rest/door.ts";
import { accountRoutes } from "./accounts.ts";
import { applicationRoutes } from "./applications.ts";
import { availableNumberRoutes } from "./available-numbers.ts";
import { backgroundRoutes } from "./backgrounds.ts";
import { callerIdRoutes } from "./caller-ids.ts";
import { callRoutes } from "./calls.ts";
import { conferenceRoutes } from "./conferences.ts";
import { openDoor } from "./door.ts";
import { errorResponse, notFound } from "./errors.ts";
import { keyRoutes } from "./keys.ts";
import { messageRoutes } from "./messages.ts";
import { monitorRoutes } from "./monitor.ts";
import { notificationRoutes } from "./notifications.ts";
import { numberRoutes } from "./numbers.ts";
import { queueRoutes } from "./queues.ts";
import { recordingMedia, recordingRoutes } from "./recordings.ts";
import { transcriptionRoutes } from "./transcriptions.ts";

export function restRoutes(main: Plant): Hono {
  const app = new Hono();
  recordingMedia(app, main.accounts);
  taskRouterRoutes(app, main);
  monitorRoutes(app, main);
  const made = new Map<Plant, Hono>();
  openDoor(app, main, (plant) => {
    const known = made.get(plant) ?? resourcesOf(plant);
    made.set(plant, known);
    return known;
  });
  return app;
}

function resourcesOf(plant: Plant): Hono {
  const app = new Hono();
  accountRoutes(app, plant);
  callRoutes(app, plant);
  numberRoutes(app, plant);
  availableNumberRoutes(app, plant);
  applicationRoutes(app, plant);
  callerIdRoutes(app, plant);
  recordingRoutes(app, plant);
  transcriptionRoutes(app, plant);
  messageRoutes(app, plant);
  conferenceRoutes(app, plant);
  queueRoutes(app, plant);
  keyRoutes(app, plant);
  backgroundRoutes(app, plant);
  notificationRoutes(app, plant);
  app.all("*", (c) => errorResponse(notFound(c.req.path)));
  return app;
}
