import { Controller, Get, Module, Post, type Type } from '@nestjs/common';
import { ModulesContainer, Reflector } from '@nestjs/core';
import { Test } from '@nestjs/testing';

import { assertEveryReadIsDeclared, declaredDisclosure, Discloses, DisclosesNothing } from './disclosure';

@Controller('files')
class Files {
  @Get(':id')
  @Discloses('read-file', { patientParam: 'id' })
  read(): string {
    return 'read';
  }

  @Get()
  forgotten(): string {
    return 'forgotten';
  }

  /** A command is audited as a change. */
  @Post()
  write(): string {
    return 'written';
  }
}

@Controller('hours')
@DisclosesNothing('opening hours')
class Hours {
  @Get()
  read(): string {
    return 'read';
  }

  @Get('visitors')
  @Discloses('list-visitors')
  visitors(): string {
    return 'visitors';
  }
}

async function appOf(...controllers: Type[]) {
  @Module({ controllers })
  class TestedModule {}
  return (await Test.createTestingModule({ imports: [TestedModule] }).compile()).createNestApplication();
}

describe('every read says what it discloses', () => {
  it('itself or by its controller', async () => {
    const app = await appOf(Hours);
    expect(() => {
      assertEveryReadIsDeclared(app.get(ModulesContainer), app.get(Reflector));
    }).not.toThrow();
  });

  it('or the service does not start, and the reads are named', async () => {
    const app = await appOf(Hours, Files);
    expect(() => {
      assertEveryReadIsDeclared(app.get(ModulesContainer), app.get(Reflector));
    }).toThrow('Reads without @Discloses or @DisclosesNothing: Files.forgotten.');
  });

  it('and what the route says counts more than its controller', () => {
    const { prototype } = Hours;
    expect(declaredDisclosure(new Reflector(), prototype.visitors, Hours)).toEqual({ action: 'list-visitors' });
    expect(declaredDisclosure(new Reflector(), prototype.read, Hours)).toBeUndefined();
  });
});
