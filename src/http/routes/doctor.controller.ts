import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { readDoctor } from '../../engine/doctor/read-doctor.js';
import type { EngineDeps } from '../../engine/engine-deps.js';
import { Answer } from '../answers/answer.js';
import { ENGINE } from '../http-deps.js';
import { Operation } from '../openapi/operation.decorator.js';
import { CallerOf, type Caller } from '../requests/caller.decorator.js';
import { examinationSchema } from '../schemas/doctor.js';
import { examinationAnswer } from '../views/finding-answer.js';

@ApiTags('machinery')
@Controller('doctor')
export class DoctorController {
  constructor(@Inject(ENGINE) private readonly engine: EngineDeps) {}

  @Get()
  @Operation({
    id: 'doctor_read',
    summary: 'What stands still, or cannot go on, as it is now: causes and remedies',
    description:
      'Proves for each live cycle that it has a future, and looks at tasks, timers, sync points, effects on their way, operations, locks and clocks. Writes nothing; the scheduled round raises incidents from the same findings.',
    answer: examinationSchema,
    kind: 'query',
    errors: ['auth.role-forbidden'],
  })
  async read(@CallerOf() { actor, language }: Caller): Promise<Answer<z.output<typeof examinationSchema>>> {
    return Answer.list(examinationAnswer(await readDoctor(this.engine, { actor }), language));
  }
}
