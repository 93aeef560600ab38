import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

/** A part of the chain that every request goes through. */
export type Middleware = MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult>;
