import { Controller, Get, Module, Post, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';

import { assertEveryRouteHasAPolicy, Can, Policy } from './policy';

@Controller('doors')
class Doors {
  @Get('open')
  @Policy('public')
  open(): string {
    return 'open';
  }

  @Post(':id/forgotten')
  forgotten(): string {
    return 'forgotten';
  }

  /** No route, hence no policy needed. */
  helper(): string {
    return 'helper';
  }
}

@Controller('house')
@Can('read', 'Book')
class House {
  @Get()
  read(): string {
    return 'read';
  }
}

class BaseDoors {
  @Get('inherited')
  inherited(): string {
    return 'inherited';
  }
}

@Controller('heir')
class Heir extends BaseDoors {}

async function appOf(...controllers: Type[]) {
  @Module({ controllers })
  class DoorsModule {}
  return (await Test.createTestingModule({ imports: [DoorsModule] }).compile()).createNestApplication();
}

describe('every route has a policy', () => {
  it('its own or its controller’s', async () => {
    const app = await appOf(House);
    expect(() => {
      assertEveryRouteHasAPolicy(app);
    }).not.toThrow();
  });

  it('or the service does not start, and the routes are named', async () => {
    const app = await appOf(House, Doors, Heir);
    expect(() => {
      assertEveryRouteHasAPolicy(app);
    }).toThrow(
      'Routes without @Can or @Policy: Doors.forgotten (/doors/:id/forgotten), Heir.inherited (/heir/inherited).',
    );
  });
});
